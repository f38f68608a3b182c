#include "persistence/users/rows.hpp"

namespace chautari {

void add_image(batch_rows& rows, const user_image& user) {
  if (!rows.is_newest('u', user.id.value)) return;
  rows.users.row()
      .id("id", user.id)
      .text("username", user.username)
      .text_or_null("email", user.email)
      .text_or_null("phone", user.phone)
      .text("status", to_string(user.status))
      .text("referral_code", user.referral_code)
      .text_or_null("referred_by", user.referred_by)
      .number("token_version", user.token_version)
      .time("created_at", user.created_at)
      .time("last_login_at", user.last_login_at);
}

void add_image(batch_rows& rows, const session_image& session) {
  if (!rows.is_newest('s', session.id.value)) return;
  rows.sessions.row()
      .id("id", session.id)
      .id("user_id", session.user)
      .time("created_at", session.created_at)
      .time("last_used_at", session.last_used_at)
      .text("ip", session.ip)
      .text("user_agent", session.user_agent)
      .time("revoked_at", session.revoked_at)
      .text_or_null("revoke_reason", session.revoke_reason);
}

void add_image(batch_rows& rows, const refresh_token_image& token) {
  if (!rows.is_newest('t', token.id.value)) return;
  rows.refresh_tokens.row()
      .id("id", token.id)
      .id("session_id", token.session)
      .text("token_hash", token.hash)
      .time("issued_at", token.issued_at)
      .time("expires_at", token.expires_at)
      .time("used_at", token.used_at);
}

void add_image(batch_rows& rows, const otp_image& otp) {
  if (!rows.is_newest('o', otp.identifier + '\n' + otp.purpose)) return;
  std::string requested = "[";
  for (const auto at : otp.requested_at)
    requested.append(requested.size() > 1 ? "," : "").append(std::to_string(to_ms(at)));
  requested += ']';
  rows.otp_codes.row()
      .text("identifier", otp.identifier)
      .text("purpose", otp.purpose)
      .text("code_hash", otp.hash)
      .number("attempts", otp.attempts)
      .time("expires_at", otp.expires_at)
      .number("kills", otp.kills)
      .time("kills_since", otp.kills_since)
      .time("locked_until", otp.locked_until)
      .number("lock_minutes", otp.lock_minutes)
      .json("requested_at", requested);
}

void add_image(batch_rows& rows, const verification_token_image& token) {
  if (!rows.is_newest('v', token.hash)) return;
  rows.verification_tokens.row()
      .text("token_hash", token.hash)
      .text("identifier", token.identifier)
      .text("purpose", token.purpose)
      .text("fingerprint", token.fingerprint)
      .time("expires_at", token.expires_at)
      .flag("consumed", token.consumed);
}

void add_image(batch_rows& rows, const favourite_image& favourite) {
  if (!rows.is_newest('f', favourite.rider.value, favourite.station.value)) return;
  auto& table = favourite.is_favourite ? rows.favourites : rows.removed_favourites;
  table.row()
      .id("rider_id", favourite.rider)
      .id("station_id", favourite.station)
      .time("added_at", favourite.at);
}

void add_image(batch_rows& rows, const referral_image& referral) {
  if (!rows.is_newest('r', referral.id.value)) return;
  rows.referrals.row()
      .id("id", referral.id)
      .id("inviter_id", referral.inviter)
      .id("invitee_id", referral.invitee)
      .text("status", referral.status)
      .time("created_at", referral.created_at)
      .time("expires_at", referral.expires_at);
}

user_image read_user(const json_row& row) {
  user_image user;
  user.id = row.id<user_id>("id");
  user.username = row.text("username");
  user.email = row.text("email");
  user.phone = row.text("phone");
  user.status = row.word("status", parse_user_status);
  user.referral_code = row.text("referral_code");
  user.referred_by = row.text("referred_by");
  user.token_version = row.small("token_version");
  user.created_at = row.time("created_at");
  user.last_login_at = row.time("last_login_at");
  return user;
}

session_image read_session(const json_row& row) {
  session_image session;
  session.id = row.id<session_id>("id");
  session.user = row.id<user_id>("user_id");
  session.created_at = row.time("created_at");
  session.last_used_at = row.time("last_used_at");
  session.ip = row.text("ip");
  session.user_agent = row.text("user_agent");
  session.revoked_at = row.time_if_any("revoked_at");
  session.revoke_reason = row.text("revoke_reason");
  return session;
}

refresh_token_image read_refresh_token(const json_row& row) {
  refresh_token_image token;
  token.id = row.id<token_id>("id");
  token.session = row.id<session_id>("session_id");
  token.hash = row.text("token_hash");
  token.issued_at = row.time("issued_at");
  token.expires_at = row.time("expires_at");
  token.used_at = row.time_if_any("used_at");
  return token;
}

otp_image read_otp(const json_row& row) {
  otp_image otp;
  otp.identifier = row.text("identifier");
  otp.purpose = row.text("purpose");
  otp.hash = row.text("code_hash");
  otp.attempts = row.small("attempts");
  otp.expires_at = row.time("expires_at");
  otp.kills = row.small("kills");
  otp.kills_since = row.time("kills_since");
  otp.locked_until = row.time_if_any("locked_until");
  otp.lock_minutes = row.small("lock_minutes");
  const auto& requested = row.field("requested_at");
  if (!requested.is_array()) throw schema_mismatch{"requested_at is no array"};
  for (const auto& ms : requested.get_array()) {
    if (!ms.is_int64()) throw schema_mismatch{"requested_at is no list of times"};
    otp.requested_at.push_back(from_ms(ms.get_int64()));
  }
  return otp;
}

verification_token_image read_verification_token(const json_row& row) {
  verification_token_image token;
  token.hash = row.text("token_hash");
  token.identifier = row.text("identifier");
  token.purpose = row.text("purpose");
  token.fingerprint = row.text("fingerprint");
  token.expires_at = row.time("expires_at");
  token.consumed = row.flag("consumed");
  return token;
}

}  // namespace chautari
