#include "http/users/users_door.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "http/server/text.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/users/secrets.hpp"

namespace chautari {

boost::json::value text_or_null(const std::string& text) {
  return text.empty() ? boost::json::value() : boost::json::value(text);
}

endpoints user_endpoints(const users_door& door) {
  return {request_otp_row(door),     verify_otp_row(door), complete_sign_in_row(door),
          refresh_session_row(door), log_out_row(door),    show_me_row(door)};
}

std::string read_identifier(field_reader& fields, const identifier_rules& rules) {
  const auto typed = fields.text("identifier", {.shortest = 1, .longest = limits::identifier_bytes_max});
  const auto parsed = parse_identifier(typed, rules);
  if (parsed) return parsed->text;
  if (!typed.empty()) fields.note("identifier", "malformed");
  return {};
}

client_marks marks_of(const exchange& in) {
  const auto agent = in.header("User-Agent").value_or(std::string_view{});
  // Kept as text, which the database takes only clean; compared by the bytes that were sent.
  return {std::string{in.client_ip()}, cleaned_text(agent, limits::user_agent_bytes_max), sha256_hex(agent),
          std::string{in.request_id()}};
}

std::string user_json(const user_image& user) {
  return boost::json::serialize(boost::json::object{{"id", user.id.text()},
                                                    {"username", user.username},
                                                    {"email", text_or_null(user.email)},
                                                    {"phone_number", text_or_null(user.phone)},
                                                    {"is_active", user.status == user_status::active}});
}

}  // namespace chautari
