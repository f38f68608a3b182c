#include "actors/operators/operator_audit.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "protocols/users/identifier.hpp"

namespace chautari {
namespace {

constexpr std::string_view masked_secret = "***";

/// The fields that differ, one object with the old values and one with the new.
struct difference {
  boost::json::object before, after;

  template <class Value>
  void note(std::string_view field, const Value& old_value, const Value& new_value) {
    if (old_value == new_value) return;
    before[field] = old_value;
    after[field] = new_value;
  }
  void note_secret(std::string_view field, const std::string& old_value, const std::string& new_value) {
    if (old_value == new_value) return;
    before[field] = after[field] = masked_secret;
  }
};

std::string action_of(const operator_image& before, const operator_image& after) {
  if (before.is_active != after.is_active)
    return after.is_active ? "operator.activate" : "operator.deactivate";
  if (before.role != after.role) return "operator.role";
  if (before.password_hash != after.password_hash) return "operator.password";
  if (before.totp_secret != after.totp_secret) return "operator.totp";
  return "operator.update";
}

}  // namespace

audit_entry audit_of_log_in(const operator_image& who, const operator_session_image& session,
                            const operator_marks& marks, const id_source& ids) {
  return audit_by({who.id, session.id, marks.ip, marks.user_agent, marks.request_id}, ids.make<audit_id>(),
                  ids.now(), "operator.login", "operator", who.id.text());
}

audit_entry audit_of_failure(std::string action, const operator_image* who, std::string_view email,
                             std::string_view why, const operator_marks& marks, const id_source& ids) {
  audit_entry entry;
  entry.id = ids.make<audit_id>();
  entry.at = ids.now();
  entry.actor = audit_actor::system;
  entry.actor_id = "chautari";
  entry.action = std::move(action);
  entry.entity = "operator";
  if (who != nullptr) entry.entity_id = who->id.text();
  if (!email.empty())
    entry.after = boost::json::serialize(boost::json::object{{"email", masked_identifier(email)}});
  entry.reason = why;
  entry.ip = marks.ip;
  entry.user_agent = marks.user_agent;
  entry.request_id = marks.request_id;
  return entry;
}

audit_entry audit_of_creation(const operator_image& made, const operator_stamp& by, const id_source& ids) {
  auto entry = audit_by(by, ids.make<audit_id>(), ids.now(), "operator.create", "operator", made.id.text());
  entry.after = boost::json::serialize(
      boost::json::object{{"email", made.email}, {"name", made.name}, {"role", to_string(made.role)}});
  return entry;
}

std::optional<audit_entry> audit_of_change(const operator_image& before, const operator_image& after,
                                           const change_operator& wish, const id_source& ids) {
  difference fields;
  fields.note("name", before.name, after.name);
  fields.note("role", to_string(before.role), to_string(after.role));
  fields.note("is_active", before.is_active, after.is_active);
  fields.note_secret("password", before.password_hash, after.password_hash);
  fields.note_secret("totp", before.totp_secret, after.totp_secret);
  if (fields.after.empty()) return {};
  auto entry = audit_by(wish.stamp, ids.make<audit_id>(), ids.now(), action_of(before, after), "operator",
                        after.id.text());
  entry.before = boost::json::serialize(fields.before);
  entry.after = boost::json::serialize(fields.after);
  entry.reason = wish.reason;
  return entry;
}

audit_entry audit_of_session(std::string action, const operator_session_image& session,
                             const operator_stamp& by, std::string reason, const id_source& ids) {
  auto entry =
      audit_by(by, ids.make<audit_id>(), ids.now(), std::move(action), "operator_session", session.id.text());
  entry.after = boost::json::serialize(boost::json::object{{"operator_id", session.owner.text()}});
  entry.reason = std::move(reason);
  return entry;
}

}  // namespace chautari
