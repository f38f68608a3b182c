#include "persistence/operators/rows.hpp"

namespace chautari {

void add_image(batch_rows& rows, const operator_image& person) {
  if (!rows.is_newest('p', person.id.value)) return;
  rows.operators.row()
      .id("id", person.id)
      .text("email", person.email)
      .text("name", person.name)
      .text("role", to_string(person.role))
      .flag("is_active", person.is_active)
      .text("password_hash", person.password_hash)
      .text("totp_secret", person.totp_secret)
      .number("totp_last_step", person.totp_last_step)
      .number("failures", person.failures)
      .time("locked_until", person.locked_until)
      .number("lock_minutes", person.lock_minutes)
      .id_or_null("created_by", person.created_by.value_or(operator_id{}))
      .time("created_at", person.created_at)
      .time("last_login_at", person.last_login_at);
}

void add_image(batch_rows& rows, const operator_session_image& session) {
  if (!rows.is_newest('q', session.id.value)) return;
  rows.operator_sessions.row()
      .id("id", session.id)
      .id("operator_id", session.owner)
      .time("created_at", session.created_at)
      .time("last_used_at", session.last_used_at)
      .time("expires_at", session.expires_at)
      .time("authenticated_at", session.authenticated_at)
      .text("ip", session.ip)
      .text("user_agent", session.user_agent)
      .text("refresh_hash", session.refresh_hash)
      .text_or_null("previous_hash", session.previous_hash)
      .time("rotated_at", session.rotated_at)
      .time("revoked_at", session.revoked_at)
      .text_or_null("revoke_reason", session.revoke_reason);
}

operator_image read_operator(const json_row& row) {
  operator_image person;
  person.id = row.id<operator_id>("id");
  person.email = row.text("email");
  person.name = row.text("name");
  person.role = row.word("role", parse_operator_role);
  person.is_active = row.flag("is_active");
  person.password_hash = row.text("password_hash");
  person.totp_secret = row.text("totp_secret");
  person.totp_last_step = row.number("totp_last_step");
  person.failures = row.small("failures");
  person.locked_until = row.time_if_any("locked_until");
  person.lock_minutes = row.small("lock_minutes");
  if (!row.is_null("created_by")) person.created_by = row.id<operator_id>("created_by");
  person.created_at = row.time("created_at");
  person.last_login_at = row.time_if_any("last_login_at");
  return person;
}

operator_session_image read_operator_session(const json_row& row) {
  operator_session_image session;
  session.id = row.id<session_id>("id");
  session.owner = row.id<operator_id>("operator_id");
  session.created_at = row.time("created_at");
  session.last_used_at = row.time("last_used_at");
  session.expires_at = row.time("expires_at");
  session.authenticated_at = row.time("authenticated_at");
  session.ip = row.text("ip");
  session.user_agent = row.text("user_agent");
  session.refresh_hash = row.text("refresh_hash");
  session.previous_hash = row.text("previous_hash");
  session.rotated_at = row.time("rotated_at");
  session.revoked_at = row.time_if_any("revoked_at");
  session.revoke_reason = row.text("revoke_reason");
  return session;
}

}  // namespace chautari
