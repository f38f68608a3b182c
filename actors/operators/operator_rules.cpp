#include "actors/operators/operator_rules.hpp"

#include <algorithm>

#include "protocols/base/limits.hpp"
#include "protocols/operators/secrets.hpp"
#include "protocols/users/identifier.hpp"
#include "protocols/users/secrets.hpp"

namespace chautari {
namespace {

constexpr hours one_day{24};

operator_image after_failure(operator_image who, timestamp now, const operator_settings& settings) {
  if (++who.failures < settings.failures_max) return who;
  const bool is_repeated = who.locked_until && now - *who.locked_until < one_day;
  const auto length =
      is_repeated ? std::min(minutes{2 * who.lock_minutes}, settings.last_lock) : settings.first_lock;
  who.lock_minutes = static_cast<std::int32_t>(length.count());
  who.locked_until = now + length;
  who.failures = 0;
  return who;
}

operator_image unlocked(operator_image who) {
  who.failures = 0;
  who.lock_minutes = 0;
  who.locked_until.reset();
  return who;
}

std::optional<operator_refusal> refuse_stale(const operator_book& book, const operator_stamp& caller,
                                             timestamp now) {
  const auto* session = book.session_of(caller, now);
  if (session == nullptr) return operator_refusal::session_over;
  if (session->authenticated_at + limits::sensitive_within <= now)
    return operator_refusal::reauthentication_required;
  return {};
}

bool may_manage(const operator_book& book, operator_id caller) {
  const auto* who = book.find(caller);
  return who != nullptr && is_allowed(who->role, permission::admins, need::write);
}

std::optional<operator_refusal> refuse_own_change(const operator_image& who, const change_operator& wish) {
  if (wish.role && *wish.role != who.role) return operator_refusal::own_role;
  if (wish.is_active && *wish.is_active != who.is_active) return operator_refusal::own_activity;
  return {};
}

}  // namespace

std::optional<std::string> operator_email(std::string_view typed) {
  auto parsed = parse_identifier(typed);
  if (!parsed || parsed->kind != identifier_kind::email) return {};
  return std::move(parsed->text);
}

credential_verdict judge_credentials(const operator_image* who, bool is_right_password,
                                     const std::string& code, timestamp now, timestamp told_now,
                                     const operator_settings& settings) {
  if (who == nullptr) return {"unknown_email", {}};
  if (!who->is_active) return {"inactive", {}};
  if (who->locked_until && *who->locked_until > now) return {"locked", {}};
  if (!is_right_password) return {"wrong_password", after_failure(*who, now, settings)};
  const auto step = step_of_totp(who->totp_secret, code, told_now);
  if (!step) return {"wrong_code", after_failure(*who, now, settings)};
  // A later step than any before: whoever reads a code over a shoulder comes too late (RFC 6238, 5.2).
  if (*step <= who->totp_last_step) return {"used_code", after_failure(*who, now, settings)};
  auto next = unlocked(*who);
  next.totp_last_step = *step;
  return {{}, std::move(next)};
}

operator_session_image open_session(operator_id owner, const operator_marks& marks, timestamp now,
                                    const id_source& ids, const operator_settings& settings) {
  operator_session_image session;
  session.id = ids.make<session_id>();
  session.owner = owner;
  session.created_at = session.last_used_at = session.authenticated_at = session.rotated_at = now;
  session.expires_at = now + settings.session_life;
  session.ip = marks.ip;
  session.user_agent = marks.user_agent;
  return session;
}

std::vector<operator_session_image> surplus_of(std::vector<operator_session_image> newest_first,
                                               std::size_t sessions_max) {
  const auto kept = std::min(newest_first.size(), sessions_max - 1);
  newest_first.erase(newest_first.begin(), newest_first.begin() + static_cast<std::ptrdiff_t>(kept));
  return newest_first;
}

operator_refresh judge_refresh(const operator_session_image* session, const operator_image* owner,
                               const std::string& token_hash, bool is_successor_known, timestamp now,
                               const operator_settings& settings) {
  if (session == nullptr || owner == nullptr || !owner->is_active || session->expires_at <= now)
    return operator_refresh::refused;
  if (is_same_secret(session->refresh_hash, token_hash)) return operator_refresh::rotate;
  const bool is_previous = is_same_secret(session->previous_hash, token_hash);
  if (!is_previous || session->rotated_at + settings.refresh_grace <= now) return operator_refresh::reused;
  return is_successor_known ? operator_refresh::repeat : operator_refresh::replace_lost;
}

operator_session_image renewed(operator_session_image session, operator_refresh step, std::string new_hash,
                               const operator_marks& marks, timestamp now) {
  // A replaced successor is forgotten and its predecessor keeps the rest of its grace.
  if (step == operator_refresh::rotate) {
    session.previous_hash = std::move(session.refresh_hash);
    session.rotated_at = now;
  }
  session.refresh_hash = std::move(new_hash);
  session.last_used_at = now;
  session.ip = marks.ip;
  session.user_agent = marks.user_agent;
  return session;
}

operator_session_image revoked(operator_session_image session, std::string reason, timestamp now) {
  session.revoked_at = now;
  session.revoke_reason = std::move(reason);
  return session;
}

std::optional<operator_refusal> refuse_keeper(const operator_book& book, const operator_stamp& caller,
                                              timestamp now) {
  if (const auto why = refuse_stale(book, caller, now)) return why;
  if (!may_manage(book, caller.who)) return operator_refusal::permission_denied;
  return {};
}

std::optional<operator_refusal> refuse_creation(const operator_book& book, const create_operator& wish,
                                                const std::optional<std::string>& email, timestamp now) {
  if (const auto why = refuse_keeper(book, wish.stamp, now)) return why;
  if (!email) return operator_refusal::invalid_email;
  if (!is_fit_password(wish.password, *email)) return operator_refusal::unfit_password;
  if (book.find(*email) != nullptr) return operator_refusal::email_taken;
  if (book.operators.size() >= limits::operators_max) return operator_refusal::too_many_operators;
  return {};
}

std::optional<operator_refusal> refuse_change(const operator_book& book, const change_operator& wish,
                                              timestamp now) {
  const bool is_own = wish.id == wish.stamp.who;
  if (const auto why = is_own ? refuse_stale(book, wish.stamp, now) : refuse_keeper(book, wish.stamp, now))
    return why;
  const auto* who = book.find(wish.id);
  if (who == nullptr) return operator_refusal::operator_not_found;
  if (is_own) {
    if (const auto why = refuse_own_change(*who, wish)) return why;
  }
  const bool was_super_admin = who->is_active && who->role == operator_role::super_admin;
  const bool stays_super_admin =
      wish.is_active.value_or(true) && wish.role.value_or(who->role) == operator_role::super_admin;
  if (was_super_admin && !stays_super_admin && book.is_last_super_admin(who->id))
    return operator_refusal::last_super_admin;
  if (wish.new_password && !is_fit_password(*wish.new_password, who->email))
    return operator_refusal::unfit_password;
  return {};
}

operator_image changed(operator_image who, const change_operator& wish, const std::string& password_hash,
                       const std::string& totp_secret) {
  if (wish.name) who.name = *wish.name;
  if (wish.role) who.role = *wish.role;
  if (wish.is_active) who.is_active = *wish.is_active;
  if (wish.new_password) {
    who = unlocked(std::move(who));
    who.password_hash = password_hash;
  }
  if (wish.reset_totp) {
    who = unlocked(std::move(who));
    who.totp_secret = totp_secret;
    who.totp_last_step = 0;
  }
  return who;
}

std::vector<operator_session_image> sessions_ended_by(const operator_book& book, const change_operator& wish,
                                                      timestamp now) {
  const bool is_put_to_rest = wish.is_active && !*wish.is_active;
  if (!is_put_to_rest && !wish.new_password && !wish.reset_totp) return {};
  std::vector<operator_session_image> ended;
  for (auto& session : book.sessions_of(wish.id, now)) {
    if (session.id == wish.stamp.session) continue;
    ended.push_back(revoked(std::move(session), is_put_to_rest ? "deactivated" : "credentials_changed", now));
  }
  return ended;
}

std::optional<operator_refusal> refuse_revocation(const operator_book& book, const operator_stamp& caller,
                                                  const operator_session_image* session, timestamp now) {
  if (session == nullptr || book.session_of(caller, now) == nullptr)
    return operator_refusal::session_not_found;
  if (session->owner == caller.who) return {};
  // Who may not end it does not learn that it is there.
  if (!may_manage(book, caller.who)) return operator_refusal::session_not_found;
  return refuse_stale(book, caller, now);
}

}  // namespace chautari
