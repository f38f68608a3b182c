#pragma once
/// The riders' identity at a door: the rows of /api/auth.

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "http/server/endpoint.hpp"
#include "http/server/field_reader.hpp"
#include "protocols/journal/reader.hpp"
#include "protocols/users/interface.hpp"
#include "protocols/users/settings.hpp"

namespace chautari {

/// Requests of one address; those of one identifier are the sign-in's own to judge (identity_settings).
struct identity_rates {
  std::int64_t code_requests_per_minute = 5;
  std::int64_t code_requests_per_hour = 20;
  std::int64_t verifies_per_hour = 30;
  std::int64_t completes_per_hour = 30;
  std::int64_t refreshes_per_hour = 120;
};

struct users_door {
  sign_ins_actor sign_ins;
  sessions_actor sessions;
  reader_actor reader;
  identifier_rules numbers;
  identity_rates rates;
};

/// POST /api/auth/otp/request, /otp/verify, /complete, /refresh, /logout and GET /api/auth/me, with their
/// aliases. `door` must outlive the rows.
[[nodiscard]] endpoints user_endpoints(const users_door& door);

// One file each; `user_endpoints` gathers them.
[[nodiscard]] endpoint request_otp_row(const users_door& door);
[[nodiscard]] endpoint verify_otp_row(const users_door& door);
[[nodiscard]] endpoint complete_sign_in_row(const users_door& door);
[[nodiscard]] endpoint refresh_session_row(const users_door& door);
[[nodiscard]] endpoint log_out_row(const users_door& door);
[[nodiscard]] endpoint show_me_row(const users_door& door);

/// The field `identifier` in its one form; a problem is noted if it is neither e-mail address nor number.
[[nodiscard]] std::string read_identifier(field_reader& fields, const identifier_rules& rules);
[[nodiscard]] client_marks marks_of(const exchange& in);

/// {id, username, email, phone_number, is_active}
[[nodiscard]] std::string user_json(const user_image& user);

[[nodiscard]] boost::json::value text_or_null(const std::string& text);

/// Answers with the refusal, with Retry-After where one is due. Others than identity's go to answer_refusal.
void answer_identity_refusal(exchange& in, const caf::error& why);

}  // namespace chautari
