#include "config/census.hpp"

#include <gtest/gtest.h>

#include <string>

namespace chautari {
namespace {

constexpr timestamp noon{hours{490'000}};

rental_image rental_of(std::uint8_t number, rental_status status, std::optional<timestamp> started_at) {
  rental_image rental;
  rental.id.value.data[0] = number;
  rental.status = status;
  rental.started_at = started_at;
  return rental;
}

struct counting {
  std::shared_ptr<metrics> told = std::make_shared<metrics>("test");
  census_state state{.told = told, .stations = {}, .rentals = {}, .active_since = {}};

  /// Unix time of the oldest ACTIVE rental's start as a scraper reads it.
  [[nodiscard]] double oldest_active() const {
    const std::string name = "\nchautari_rentals_oldest_active_timestamp_seconds ";
    const auto text = told->render();
    const auto at = text.find(name);
    return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size()));
  }
};

double unix_time(timestamp at) { return std::chrono::duration<double>(at.time_since_epoch()).count(); }

TEST(census, the_age_of_the_oldest_active_rental_is_told_whatever_the_order) {
  counting city;
  EXPECT_EQ(city.oldest_active(), 0);
  city.state.note(rental_of(1, rental_status::active, noon));
  city.state.note(rental_of(2, rental_status::active, noon - hours{1}));
  city.state.note(rental_of(3, rental_status::active, noon + hours{1}));
  EXPECT_EQ(city.oldest_active(), unix_time(noon - hours{1}));
  city.state.note(rental_of(2, rental_status::completed, noon - hours{1}));
  EXPECT_EQ(city.oldest_active(), unix_time(noon));
}

TEST(census, a_rental_that_is_overdue_or_waits_for_its_bank_is_not_active) {
  counting city;
  city.state.note(rental_of(1, rental_status::pending_popup, {}));
  EXPECT_EQ(city.oldest_active(), 0);
  city.state.note(rental_of(1, rental_status::active, noon));
  EXPECT_EQ(city.oldest_active(), unix_time(noon));
  city.state.note(rental_of(1, rental_status::overdue, noon));
  EXPECT_EQ(city.oldest_active(), 0);
}

TEST(census, rentals_of_the_same_moment_are_told_apart) {
  counting city;
  for (const std::uint8_t number : {1, 2})
    city.state.note(rental_of(number, rental_status::active, noon));
  city.state.note(rental_of(1, rental_status::completed, noon));
  EXPECT_EQ(city.oldest_active(), unix_time(noon));
  city.state.note(rental_of(2, rental_status::completed, noon));
  EXPECT_EQ(city.oldest_active(), 0);
}

}  // namespace
}  // namespace chautari
