/// What operators are told of a rental: its code, its bank, its place, and nobody's name.

#include "tests/rentals/rental_world.hpp"

namespace chautari::testing {
namespace {

std::vector<std::string> kinds_of(const rental_world& world) {
  std::vector<std::string> kinds;
  for (const auto& event : world.all->operator_events)
    kinds.push_back(event.kind);
  return kinds;
}

TEST(rental_feed, a_rental_is_told_when_it_starts_and_when_it_is_back) {
  rental_world world;
  const auto rider = world.add_rider({100'00});
  const auto rental = world.rent(rider);
  world.system.advance(minutes{30}, seconds{15});
  world.bring_back(world.sighting({40000001}));
  EXPECT_EQ(kinds_of(world), (std::vector<std::string>{"rental.started", "rental.returned"}));
  for (const auto& event : world.all->operator_events) {
    EXPECT_EQ(event.station, world.all->station.id);
    EXPECT_NE(event.data.find(rental.code), std::string::npos);
    EXPECT_NE(event.data.find("40000001"), std::string::npos);
    EXPECT_EQ(event.data.find(rider.text()), std::string::npos);
    EXPECT_EQ(event.data.find(rental.rider_name), std::string::npos);
  }
}

TEST(rental_feed, an_ejection_that_fails_or_is_unclear_is_a_warning) {
  for (const auto result : {ejection_result::refuted, ejection_result::uncertain}) {
    rental_world world;
    const auto answer = world.ask_start(world.wish(world.add_rider({100'00})));
    world.system.run();
    world.system.ask<outcome_noted>(world.rentals, world.outcome(world.all->ejections.back(), result));
    world.system.run();
    ASSERT_EQ(world.all->operator_events.size(), 1U);
    const auto& event = world.all->operator_events.front();
    EXPECT_EQ(event.kind, result == ejection_result::refuted ? "rental.eject_failed" : "rental.uncertain");
    EXPECT_EQ(event.severity, feed_severity::warning);
  }
}

}  // namespace
}  // namespace chautari::testing
