#include "protocols/users/settings.hpp"

#include "protocols/base/limits.hpp"

namespace chautari {

std::string check(const identity_settings& settings) {
  std::string mistakes;
  const auto expect = [&mistakes](bool holds, const char* sentence) {
    if (!holds) mistakes += std::string{sentence} + '\n';
  };
  expect(settings.pepper.size() >= 32, "the pepper of one-time codes must have at least 32 bytes");
  expect(!settings.issuer.empty() && !settings.audience.empty(), "tokens need an issuer and an audience");
  expect(settings.code_life.count() > 0 && settings.verification_life.count() > 0,
         "codes must live for a while");
  expect(settings.code_attempts_max > 0 && settings.code_kills_max > 0, "codes must allow an attempt");
  expect(settings.first_lock.count() > 0 && settings.first_lock <= settings.last_lock,
         "the first lock must not be longer than the last");
  const auto kept = static_cast<std::int32_t>(limits::code_requests_kept_max);
  expect(settings.code_requests_per_hour > 0 && settings.code_requests_per_hour <= kept &&
             settings.code_requests_per_day > 0 && settings.code_requests_per_day <= kept,
         "codes per hour and per day must be 1 to 10");
  expect(settings.completes_per_hour > 0 && settings.refreshes_per_hour > 0,
         "sign-in needs room for one try");
  expect(settings.access_life.count() > 0 && settings.access_life <= hours{1},
         "access tokens must live for an hour at most: they are revoked by memory of that length");
  expect(settings.refresh_life <= settings.session_life && settings.refresh_life > settings.access_life,
         "a session must outlive its refresh tokens, and those its access tokens");
  expect(settings.signup_points >= 0, "points for signing up must not be negative");
  expect(settings.referral_life.count() > 0, "an invitation must live for a while");
  return mistakes;
}

}  // namespace chautari
