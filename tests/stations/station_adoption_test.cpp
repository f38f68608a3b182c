/// Banks that turn up where the books do not have them, with two real stations.
#include <gtest/gtest.h>

#include "tests/support/cabinet_world.hpp"

namespace chautari {
namespace {

using testing::cabinet_world;
using testing::nothing;

constexpr bank_sn bank_one{101};

TEST(station_adoption, a_bank_that_is_found_here_while_its_station_misses_it_ends_up_here) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    cabinet_world world{seed};
    world.go_online();
    recovered_station other;
    other.facts.id = world.system.ids().make<station_id>();
    other.facts.serial = station_sn{"OTHER-1"};
    other.facts.cabinet = imei{"860000000000077"};
    other.facts.total_slots = 4;
    world.system.ask<nothing>(world.stations, adopt_stations{{other}, true});
    world.run();
    // Twice: the second snapshot without the bank makes it MISSING, at the moment in which the other adopts
    // it.
    std::vector<observed_slot> empty(8);
    for (std::size_t n = 0; n < empty.size(); ++n)
      empty[n].number = static_cast<std::int32_t>(n + 1);
    const auto missed = [&] {
      return world.system.ask<snapshot_applied>(
          world.stations, observe_snapshot{world.station, empty, world.system.now(), {}});
    };
    missed();
    world.run();
    world.advance(seconds{10}, seconds{1});
    observed_slot seen;
    seen.number = 2;
    seen.bank = bank_one;
    seen.battery = 80;
    const auto taken =
        world.system.ask<bank_adopted>(world.stations, adopt_bank{other.facts.id, seen, world.system.now()});
    missed();
    world.run();
    ASSERT_TRUE(taken->answer) << seed;
    const auto* bank = world.db->find_bank(bank_one);
    EXPECT_EQ(bank->station, other.facts.id) << "seed " << seed << ' ' << to_string(bank->status);
    EXPECT_EQ(bank->slot, 2);
  }
}

}  // namespace
}  // namespace chautari
