#include "bench/race/tokens.hpp"

#include <array>
#include <boost/uuid/string_generator.hpp>
#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "config/clock.hpp"
#include "protocols/base/id_source.hpp"
#include "protocols/users/access_token.hpp"
#include "protocols/users/settings.hpp"

namespace race {
namespace {

/// Longer than any run, so that no driver has to sign in again.
constexpr chautari::minutes life{120};

/// The same as pg_temp.numbered(5, n) in bench/race/riders.sql.
chautari::user_id rider_number(std::uint64_t number) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "00000005-0000-7000-8000-%012llx",
                static_cast<unsigned long long>(number));
  return chautari::user_id{boost::uuids::string_generator{}(text.data())};
}

}  // namespace

void write_tokens(const token_wish& wish) {
  std::string why;
  const auto keys = chautari::key_ring::load(wish.keys_dir, why);
  if (!keys) throw std::runtime_error{why};
  const chautari::identity_settings settings;
  const chautari::id_source ids{chautari::system_clock(), chautari::system_random()};
  chautari::access_claims claims;
  claims.issuer = settings.issuer;
  claims.audience = settings.audience;
  claims.role = "user";
  claims.issued_at = claims.not_before = chautari::system_clock()();
  claims.expires_at = claims.issued_at + life;
  std::ofstream out{wish.file};
  for (std::uint64_t i = 0; i < wish.count; ++i) {
    claims.subject = rider_number(wish.first + i * wish.step);
    claims.session = ids.make<chautari::session_id>();
    claims.id = ids.make<chautari::token_id>();
    out << keys->sign(claims) << '\n';
  }
  if (!out.flush()) throw std::runtime_error{"cannot write " + wish.file};
}

}  // namespace race
