#pragma once
/// Plausible stations, rentals and wallets to start a test from.

#include <string>
#include <string_view>

#include "protocols/accounts/messages.hpp"
#include "protocols/base/id_source.hpp"
#include "protocols/pricing/package.hpp"
#include "protocols/rentals/images.hpp"
#include "protocols/stations/views.hpp"

namespace chautari::testing {

/// 2026-01-01T00:00:00Z, which is 05:45 in Nepal.
inline constexpr timestamp sample_time = from_ms(1'767'225'600'000);

template <class Id>
[[nodiscard]] Id id_named(std::string_view name) {
  return Id{make_named_uuid({}, name)};
}

/// Online, four slots: two banks that can be rented, two empty.
[[nodiscard]] station_view a_station(const std::string& serial, const std::string& name, double latitude,
                                     double longitude);
/// "1 hour", 50.00, prepaid.
[[nodiscard]] rental_package an_hour();
/// ACTIVE since five minutes before `sample_time`.
[[nodiscard]] rental_image a_rental(user_id rider, const station_view& from);
/// 250.00 in cash, 50.00 of goodwill, 325 points.
[[nodiscard]] wallet_view a_wallet(user_id rider);

}  // namespace chautari::testing
