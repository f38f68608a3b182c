#pragma once
/// Riders, sessions, codes and favourites as rows, both ways.

#include "persistence/base/json_row.hpp"
#include "persistence/journal/batch_rows.hpp"

namespace chautari {

void add_image(batch_rows& rows, const user_image& user);
void add_image(batch_rows& rows, const session_image& session);
void add_image(batch_rows& rows, const refresh_token_image& token);
void add_image(batch_rows& rows, const otp_image& otp);
void add_image(batch_rows& rows, const verification_token_image& token);
void add_image(batch_rows& rows, const favourite_image& favourite);
void add_image(batch_rows& rows, const referral_image& referral);

[[nodiscard]] user_image read_user(const json_row& row);
[[nodiscard]] session_image read_session(const json_row& row);
[[nodiscard]] refresh_token_image read_refresh_token(const json_row& row);
[[nodiscard]] otp_image read_otp(const json_row& row);
[[nodiscard]] verification_token_image read_verification_token(const json_row& row);

}  // namespace chautari
