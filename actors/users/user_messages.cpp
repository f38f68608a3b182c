#include "actors/users/user_messages.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace chautari {
namespace {

/// Told late is better than never, but not when it is history.
constexpr hours message_life{24};

outbox_message message_to(const user_image& user, std::string template_id,
                          const boost::json::object& variables, timestamp now, const id_source& ids) {
  const auto& address = user.email.empty() ? user.phone : user.email;
  return {ids.make<report_id>(),  user.email.empty() ? "sms" : "mail", address,
          std::move(template_id), boost::json::serialize(variables),   now,
          now + message_life};
}

}  // namespace

outbox_message welcome_message(const user_image& user, timestamp now, const id_source& ids) {
  return message_to(user, "welcome", {{"username", user.username}}, now, ids);
}

outbox_message session_ended_message(const user_image& user, timestamp now, const id_source& ids) {
  return message_to(user, "session_ended",
                    {{"reason", "refresh_token_reused"}, {"ended_at", to_rfc3339(now)}}, now, ids);
}

outbox_message issue_resolved_message(const user_image& user, const std::string& station_name,
                                      const std::string& notes, timestamp now, const id_source& ids) {
  return message_to(user, "station_issue_resolved", {{"station_name", station_name}, {"notes", notes}}, now,
                    ids);
}

outbox_message rental_issue_resolved_message(const user_image& user, const std::string& rental_code,
                                             const std::string& notes, timestamp now, const id_source& ids) {
  return message_to(user, "rental_issue_resolved", {{"rental_code", rental_code}, {"notes", notes}}, now,
                    ids);
}

outgoing_message to_send(const outbox_message& row) {
  return {row.id, row.channel, row.recipient, row.template_id, row.variables, row.created_at, row.expires_at};
}

}  // namespace chautari
