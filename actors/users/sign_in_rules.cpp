#include "actors/users/sign_in_rules.hpp"

#include <algorithm>

#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/users/secrets.hpp"

namespace chautari {
namespace {

constexpr seconds one_hour{3600};
constexpr seconds one_day{24 * 3600};

seconds rounded_up(milliseconds wait) { return std::max(seconds{1}, std::chrono::ceil<seconds>(wait)); }

caf::error refuse_for(identity_refusal why, seconds wait) {
  return refuse(why, "{\"retry_after_seconds\":" + std::to_string(wait.count()) + "}");
}

std::optional<seconds> lock_left(const otp_image& code, timestamp now) {
  if (!code.locked_until || *code.locked_until <= now) return {};
  return rounded_up(*code.locked_until - now);
}

/// Too many misses: the code is dead, and the third within an hour locks the address.
void kill_code(otp_image& code, timestamp now, const identity_settings& settings) {
  code.hash.clear();
  if (code.kills == 0 || now - code.kills_since >= one_hour) {
    code.kills = 0;
    code.kills_since = now;
  }
  if (++code.kills < settings.code_kills_max) return;
  const bool is_repeated = code.locked_until && now - *code.locked_until < one_day;
  const auto length =
      is_repeated ? std::min(minutes{2 * code.lock_minutes}, settings.last_lock) : settings.first_lock;
  code.lock_minutes = static_cast<std::int32_t>(length.count());
  code.locked_until = now + length;
  code.kills = 0;
}

}  // namespace

std::optional<seconds> wait_for_room(const std::vector<timestamp>& times, timestamp now, seconds span,
                                     std::int32_t count_max) {
  const auto room = static_cast<std::size_t>(count_max);
  if (times.size() < room) return {};
  // The one that must have left the window before there is room again.
  const timestamp blocking = times[times.size() - room];
  if (blocking + span <= now) return {};
  return rounded_up(blocking + span - now);
}

void note_time(std::vector<timestamp>& times, timestamp now, seconds span, std::size_t kept_max) {
  times.erase(times.begin(),
              std::find_if(times.begin(), times.end(), [&](timestamp at) { return at + span > now; }));
  times.push_back(now);
  if (times.size() > kept_max)
    times.erase(times.begin(), times.end() - static_cast<std::ptrdiff_t>(kept_max));
}

std::optional<caf::error> refuse_code(const otp_image& code, timestamp now,
                                      const identity_settings& settings) {
  const auto& asked = code.requested_at;
  const std::optional<seconds> waits[] = {
      lock_left(code, now),
      wait_for_room(asked, now, settings.code_request_gap, 1),
      wait_for_room(asked, now, one_hour, settings.code_requests_per_hour),
      wait_for_room(asked, now, one_day, settings.code_requests_per_day),
  };
  const auto longest = *std::max_element(std::begin(waits), std::end(waits));
  if (!longest) return {};
  return refuse_for(identity_refusal::rate_limit_exceeded, *longest);
}

otp_image with_new_code(otp_image code, std::string hash, timestamp now, const identity_settings& settings) {
  code.hash = std::move(hash);
  code.attempts = 0;
  code.expires_at = now + settings.code_life;
  note_time(code.requested_at, now, one_day, limits::code_requests_kept_max);
  return code;
}

code_verdict judge_code(const otp_image& code, const std::string& offered_hash, timestamp now,
                        const identity_settings& settings) {
  if (const auto wait = lock_left(code, now)) return {{}, refuse_for(identity_refusal::otp_locked, *wait)};
  if (code.hash.empty() || code.expires_at <= now || code.attempts >= settings.code_attempts_max)
    return {{}, refuse(identity_refusal::otp_expired)};
  otp_image next = code;
  if (is_same_secret(code.hash, offered_hash)) {
    next.hash.clear();
    next.attempts = 0;
    next.kills = 0;
    next.lock_minutes = 0;
    next.locked_until.reset();
    return {std::move(next), {}};
  }
  ++next.attempts;
  const auto left = settings.code_attempts_max - next.attempts;
  if (left == 0) kill_code(next, now, settings);
  if (const auto wait = lock_left(next, now))
    return {std::move(next), refuse_for(identity_refusal::otp_locked, *wait)};
  return {std::move(next),
          refuse(identity_refusal::invalid_otp, "{\"attempts_left\":" + std::to_string(left) + "}")};
}

sign_in_purpose purpose_for(const std::optional<user_image>& owner) {
  return owner ? sign_in_purpose::log_in : sign_in_purpose::register_user;
}

std::optional<caf::error> refuse_unfit(const complete_sign_in& wish, const identity_settings& settings) {
  switch (fit_of_verification_token(wish.verification_token, settings.pepper, wish.identifier)) {
    case token_fit::malformed:
      return refuse(identity_refusal::verification_token_expired);
    case token_fit::of_another:
      return refuse(identity_refusal::identifier_mismatch);
    case token_fit::fits:
      break;
  }
  return {};
}

std::variant<verification_token_image, caf::error> find_verification(
    const std::vector<verification_token_image>& tokens, const complete_sign_in& wish, timestamp now) {
  const auto hash = sha256_hex(wish.verification_token);
  for (const auto& token : tokens) {
    const bool is_live =
        !token.consumed && token.expires_at > now && token.purpose == to_string(code_purpose::auth);
    // Another client's token says no more than an old one: whoever found it learns nothing.
    if (is_live && is_same_secret(token.hash, hash) && token.fingerprint == wish.client.fingerprint)
      return token;
  }
  return refuse(identity_refusal::verification_token_expired);
}

std::optional<caf::error> refuse_completion(const std::optional<user_image>& owner,
                                            const complete_sign_in& wish) {
  if (!owner) {
    if (wish.insists == sign_in_purpose::log_in) return refuse(identity_refusal::user_not_found);
    if (!is_username(wish.username)) return refuse(identity_refusal::username_required);
    return {};
  }
  if (wish.insists == sign_in_purpose::register_user) return refuse(identity_refusal::user_already_exists);
  if (owner->status == user_status::banned) return refuse(identity_refusal::account_banned);
  if (owner->status == user_status::deleted) return refuse(identity_refusal::account_deactivated);
  return {};
}

user_image after_log_in(user_image owner, timestamp now) {
  owner.last_login_at = now;
  if (owner.status == user_status::inactive) owner.status = user_status::active;
  return owner;
}

}  // namespace chautari
