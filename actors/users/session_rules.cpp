#include "actors/users/session_rules.hpp"

#include <algorithm>

#include "protocols/base/refusal.hpp"
#include "protocols/users/secrets.hpp"

namespace chautari {
namespace {

const refresh_token_image* find_token(const session_facts& facts, const std::string& hash) {
  for (const auto& token : facts.tokens) {
    if (is_same_secret(token.hash, hash)) return &token;
  }
  return nullptr;
}

refresh_verdict refused(identity_refusal why) { return {refresh_step::refused, refuse(why)}; }

}  // namespace

drawn_refresh_token draw_token_of(const session_image& session, timestamp now, const id_source& ids,
                                  const identity_settings& settings) {
  drawn_refresh_token drawn;
  drawn.text = draw_refresh_token(ids.random, session.id);
  drawn.image.id = ids.make<token_id>();
  drawn.image.session = session.id;
  drawn.image.hash = sha256_hex(drawn.text);
  drawn.image.issued_at = now;
  drawn.image.expires_at = std::min(now + settings.refresh_life, session.created_at + settings.session_life);
  return drawn;
}

session_image open_session(user_id user, const client_marks& client, timestamp now, const id_source& ids) {
  session_image session;
  session.id = ids.make<session_id>();
  session.user = user;
  session.created_at = now;
  session.last_used_at = now;
  session.ip = client.ip;
  session.user_agent = client.user_agent;
  return session;
}

signed_in hand_out(const user_image& user, session_id session, std::string refresh, timestamp now,
                   const id_source& ids, const key_ring& keys, const identity_settings& settings) {
  access_claims claims;
  claims.issuer = settings.issuer;
  claims.audience = settings.audience;
  claims.subject = user.id;
  claims.session = session;
  claims.id = ids.make<token_id>();
  claims.role = "user";
  claims.token_version = user.token_version;
  claims.issued_at = now;
  claims.not_before = now;
  claims.expires_at = now + settings.access_life;
  return {user, keys.sign(claims), std::move(refresh), settings.access_life, false};
}

refresh_verdict judge_refresh(const session_facts& facts, const std::string& token_hash,
                              const std::string& known_live_hash, timestamp now,
                              const identity_settings& settings) {
  const auto* token = find_token(facts, token_hash);
  const bool is_over = !facts.session || facts.session->revoked_at || !facts.user ||
                       facts.session->created_at + settings.session_life <= now;
  if (token == nullptr || is_over || token->expires_at <= now)
    return refused(identity_refusal::invalid_refresh_token);
  if (token->used_at && *token->used_at + settings.refresh_grace <= now)
    return {refresh_step::reused, refuse(identity_refusal::refresh_token_reused)};
  if (facts.user->status == user_status::banned) return refused(identity_refusal::account_banned);
  if (facts.user->status != user_status::active) return refused(identity_refusal::invalid_refresh_token);
  if (!token->used_at) return {refresh_step::rotate, {}};
  const auto* live = known_live_hash.empty() ? nullptr : find_token(facts, known_live_hash);
  const bool is_known = live != nullptr && !live->used_at && live->expires_at > now;
  return {is_known ? refresh_step::repeat : refresh_step::replace_lost, {}};
}

log_out_reason judge_log_out(const session_facts& facts, const log_out& wish, timestamp now) {
  if (!facts.session || facts.session->revoked_at) return log_out_reason::already_invalid;
  if (!wish.has_token) return log_out_reason::token_missing;
  const auto* token = wish.token_session == wish.session ? find_token(facts, wish.token_hash) : nullptr;
  if (token == nullptr) return log_out_reason::token_mismatch;
  if (token->used_at || token->expires_at <= now) return log_out_reason::already_invalid;
  return log_out_reason::valid_blacklisted;
}

audit_entry audit_about_rider(user_id rider, session_id session, const client_marks& client,
                              std::string action, timestamp now, const id_source& ids) {
  audit_entry entry;
  entry.id = ids.make<audit_id>();
  entry.at = now;
  entry.actor_id = "sign-in";
  entry.action = std::move(action);
  entry.entity = "user";
  entry.entity_id = rider.text();
  entry.ip = client.ip;
  entry.user_agent = client.user_agent;
  if (!session.is_nil()) entry.session = session.text();
  entry.request_id = client.request_id;
  return entry;
}

audit_entry audit_by_rider(user_id rider, session_id session, const client_marks& client, std::string action,
                           timestamp now, const id_source& ids) {
  auto entry = audit_about_rider(rider, session, client, std::move(action), now, ids);
  entry.actor = audit_actor::user;
  entry.actor_id = rider.text();
  return entry;
}

session_image revoked(session_image session, timestamp now, std::string reason) {
  session.revoked_at = now;
  session.revoke_reason = std::move(reason);
  return session;
}

}  // namespace chautari
