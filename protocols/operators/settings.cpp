#include "protocols/operators/settings.hpp"

namespace chautari {

std::string check(const operator_settings& settings) {
  std::string mistakes;
  const auto expect = [&mistakes](bool holds, const char* sentence) {
    if (!holds) mistakes += std::string{sentence} + '\n';
  };
  expect(settings.access_life.count() > 0 && settings.access_life <= settings.session_life,
         "an access token must live for a while, and no longer than its session");
  expect(settings.refresh_grace.count() >= 0 && settings.refresh_grace < settings.access_life,
         "the grace of a used refresh token must be shorter than an access token's life");
  expect(settings.failures_max > 0, "a log-in must allow an attempt");
  expect(settings.first_lock.count() > 0 && settings.first_lock <= settings.last_lock,
         "the first lock must not be longer than the last");
  return mistakes;
}

}  // namespace chautari
