#include "http/operators/operators_door.hpp"

#include <boost/json/serialize.hpp>
#include <iterator>

#include "http/server/text.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

endpoints operator_endpoints(const operators_door& door) {
  auto all = operator_sign_in_rows(door);
  for (auto more : {operator_self_rows(door), operator_profile_rows(door), operator_session_rows(door)})
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  all.push_back(list_audit_row(door));
  return all;
}

operator_marks operator_marks_of(const exchange& in) {
  const auto agent = in.header("User-Agent").value_or(std::string_view{});
  return {std::string{in.client_ip()}, cleaned_text(agent, limits::user_agent_bytes_max),
          std::string{in.request_id()}};
}

boost::json::object operator_json(const operator_image& who) {
  boost::json::value last_login;
  if (who.last_login_at) last_login = to_rfc3339(*who.last_login_at);
  return {{"id", who.id.text()},
          {"email", who.email},
          {"name", who.name},
          {"role", to_string(who.role)},
          {"is_active", who.is_active},
          {"created_at", to_rfc3339(who.created_at)},
          {"last_login_at", std::move(last_login)}};
}

void answer_operator_kept(exchange& in, int status, const operator_kept& kept) {
  boost::json::object data{{"operator", operator_json(kept.who)}, {"totp", nullptr}};
  if (!kept.totp_secret.empty())
    data["totp"] = {{"secret", kept.totp_secret}, {"otpauth_url", kept.otpauth_url}};
  in.answer(status, boost::json::serialize(data));
}

}  // namespace chautari
