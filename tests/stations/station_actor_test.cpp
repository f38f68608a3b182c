/// The real station with its directory, under shuffled schedules.
#include <gtest/gtest.h>

#include <set>

#include "tests/support/cabinet_world.hpp"

namespace chautari {
namespace {

using testing::asked;
using testing::cabinet_world;
using testing::nothing;

constexpr bank_sn bank_one{101};
constexpr bank_sn bank_two{102};

template <class Story>
void under_all_schedules(Story story) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    cabinet_world world{seed};
    world.go_online();
    story(world);
    EXPECT_EQ(world.db->conflicts, 0U) << world.db->last_conflict;
    if (::testing::Test::HasFailure()) return;
  }
}

using answer_place = std::shared_ptr<asked<bank_reservation>>;

answer_place reserve(cabinet_world& world, std::optional<bank_sn> wanted = {}, bool look_only = false) {
  return world.system.ask<bank_reservation>(
      world.stations, reserve_bank{world.serial, world.system.ids().make<rental_id>(), wanted, look_only});
}

caf::error why(const answer_place& place) { return place->error.value_or(caf::error{}); }

TEST(station_actor, every_station_is_announced_before_the_doors_are_told_that_all_are) {
  cabinet_world world{1};
  EXPECT_EQ(world.log->stations_announced, 1U);
  ASSERT_FALSE(world.log->views.empty());
  EXPECT_EQ(world.log->views[0].revision, 1U);
  EXPECT_EQ(world.log->views[0].facts.serial, world.serial);
}

// F-07, F-13: stock first, and one bank for one rider.
TEST(station_actor, riders_who_come_at_once_never_get_the_same_bank) {
  under_all_schedules([](cabinet_world& world) {
    std::vector<answer_place> places;
    for (int i = 0; i < 5; ++i)
      places.push_back(reserve(world));
    world.run();
    std::set<bank_sn> given;
    int refused = 0;
    for (const auto& place : places) {
      if (place->answer) given.insert(place->answer->bank.serial);
      if (place->error && *place->error == station_refusal::no_power_bank_available) ++refused;
    }
    EXPECT_EQ(given.size(), 3U);
    EXPECT_EQ(refused, 2);
    EXPECT_EQ(world.view().rentable_count, 0);
  });
}

TEST(station_actor, a_released_bank_can_be_rented_again) {
  under_all_schedules([](cabinet_world& world) {
    const auto first = reserve(world, bank_one);
    world.run();
    ASSERT_TRUE(first->answer);
    EXPECT_EQ(first->answer->bank.status, bank_status::reserved);
    EXPECT_EQ(first->answer->bank.slot, 1);
    world.system.tell(world.stations,
                      release_bank{world.station, first->answer->bank.rental, bank_one, false});
    world.run();
    const auto again = reserve(world, bank_one);
    world.run();
    EXPECT_TRUE(again->answer);
  });
}

// FC: the cabinet says that the bank is not there.
TEST(station_actor, a_bank_released_in_doubt_is_rented_again_only_after_a_snapshot_shows_it) {
  under_all_schedules([](cabinet_world& world) {
    const auto first = reserve(world, bank_one);
    world.run();
    ASSERT_TRUE(first->answer);
    world.system.tell(world.stations,
                      release_bank{world.station, first->answer->bank.rental, bank_one, false, true});
    world.run();
    const auto again = reserve(world, bank_one);
    world.run();
    EXPECT_EQ(why(again), station_refusal::requested_powerbank_unavailable);
    world.send_snapshot();
    const auto shown = reserve(world, bank_one);
    world.run();
    EXPECT_TRUE(shown->answer);
  });
}

TEST(station_actor, an_ejection_given_up_says_nothing_about_its_slot) {
  for (const bool is_proven : {false, true}) {
    cabinet_world world{4};
    world.go_online();
    const auto fail = [&](bank_sn bank) {
      const auto held = reserve(world, bank);
      world.run();
      ASSERT_TRUE(held->answer);
      world.system.tell(world.stations, release_bank{world.station, held->answer->bank.rental, bank, true});
      world.run();
    };
    fail(bank_one);
    fail(bank_one);
    EXPECT_EQ(world.db->slots.at({world.station, 1}).faults_in_a_row, 2);
    world.system.tell(world.stations, bank_left{world.station, {}, bank_one, bank_one, is_proven});
    world.run();
    world.advance(seconds{10}, seconds{1});
    world.slots[1].battery = 50;
    world.send_snapshot();
    EXPECT_EQ(world.db->slots.at({world.station, 1}).faults_in_a_row, is_proven ? 0 : 2);
  }
}

TEST(station_actor, a_release_by_another_rental_frees_nothing) {
  under_all_schedules([](cabinet_world& world) {
    reserve(world, bank_one);
    world.run();
    world.system.tell(world.stations,
                      release_bank{world.station, world.system.ids().make<rental_id>(), bank_one, false});
    const auto again = reserve(world, bank_one);
    world.run();
    EXPECT_EQ(why(again), station_refusal::requested_powerbank_unavailable);
  });
}

TEST(station_actor, a_reservation_survives_snapshots_that_do_not_show_the_bank) {
  under_all_schedules([](cabinet_world& world) {
    const auto held = reserve(world, bank_one);
    world.run();
    world.slots.erase(1);
    for (int i = 0; i < 3; ++i) {
      world.advance(seconds{6}, seconds{1});
      world.send_snapshot();
    }
    EXPECT_EQ(world.db->find_bank(bank_one)->status, bank_status::available)
        << "its rental has stored nothing yet";
    EXPECT_FALSE(world.db->has_logged("bank-missing"));
  });
}

// F-11, F-13: an old snapshot makes the rider wait, not the money.
TEST(station_actor, an_old_snapshot_is_renewed_before_a_bank_is_promised) {
  under_all_schedules([](cabinet_world& world) {
    world.advance(seconds{61}, seconds{1});
    world.log->published.clear();
    const auto place = reserve(world, bank_one);
    world.run();
    EXPECT_FALSE(place->is_answered());
    EXPECT_EQ(world.count_published("check"), 1U);
    world.advance(seconds{3});
    world.send_snapshot();
    EXPECT_TRUE(place->answer);
  });
}

TEST(station_actor, a_cabinet_that_does_not_answer_within_ten_seconds_is_unreachable) {
  under_all_schedules([](cabinet_world& world) {
    world.advance(seconds{61}, seconds{1});
    const auto place = reserve(world, bank_one);
    world.advance(seconds{9});
    EXPECT_FALSE(place->is_answered());
    world.advance(seconds{2});
    EXPECT_EQ(why(place), station_refusal::device_unreachable);
  });
}

TEST(station_actor, sixteen_riders_may_wait_and_the_next_is_told_to_come_back) {
  cabinet_world world{2};
  world.go_online();
  world.advance(seconds{61}, seconds{1});
  std::vector<answer_place> places;
  for (int i = 0; i < 17; ++i)
    places.push_back(reserve(world));
  world.run();
  const auto busy = std::count_if(places.begin(), places.end(), [](const auto& place) {
    return why(place) == station_refusal::station_busy;
  });
  EXPECT_EQ(busy, 1);
  world.advance(seconds{11});
  for (const auto& place : places)
    EXPECT_TRUE(place->is_answered()) << "nobody waits for ever";
}

TEST(station_actor, an_offline_station_refuses_and_an_unknown_one_is_not_found) {
  cabinet_world world{2};
  const auto offline = reserve(world);
  const auto unknown = world.system.ask<bank_reservation>(
      world.stations, reserve_bank{station_sn{"nowhere"}, world.system.ids().make<rental_id>(), {}, false});
  world.run();
  EXPECT_EQ(why(offline), station_refusal::station_offline);
  EXPECT_EQ(why(unknown), station_refusal::station_not_found);
}

TEST(station_actor, a_look_promises_nothing) {
  under_all_schedules([](cabinet_world& world) {
    const auto look = reserve(world, {}, true);
    world.run();
    ASSERT_TRUE(look->answer);
    EXPECT_TRUE(look->answer->bank.serial.is_nil());
    EXPECT_EQ(world.view().rentable_count, 3);
  });
}

// F-12
TEST(station_actor, a_wanted_bank_is_told_apart_unknown_elsewhere_and_out) {
  cabinet_world world{2};
  world.go_online();
  bank_image elsewhere;
  elsewhere.id = world.system.ids().make<bank_id>();
  elsewhere.serial = bank_sn{201};
  elsewhere.station = world.system.ids().make<station_id>();
  elsewhere.slot = 1;
  bank_image out = elsewhere;
  out.id = world.system.ids().make<bank_id>();
  out.serial = bank_sn{202};
  out.station = {};
  out.slot = 0;
  out.status = bank_status::rented;
  world.db->store(record{world.system.ids().make<record_id>(), world.system.now(), {elsewhere, out}});
  const auto unknown = reserve(world, bank_sn{999});
  const auto mismatch = reserve(world, bank_sn{201});
  const auto rented = reserve(world, bank_sn{202});
  world.run();
  EXPECT_EQ(why(unknown), station_refusal::powerbank_not_found);
  EXPECT_EQ(why(mismatch), station_refusal::powerbank_station_mismatch);
  EXPECT_EQ(why(rented), station_refusal::requested_powerbank_unavailable);
}

TEST(station_actor, three_refuted_ejections_in_a_row_disable_the_slot_for_good) {
  under_all_schedules([](cabinet_world& world) {
    for (int i = 0; i < 3; ++i) {
      const auto held = reserve(world, bank_one);
      world.run();
      ASSERT_TRUE(held->answer) << i;
      world.system.tell(world.stations,
                        release_bank{world.station, held->answer->bank.rental, bank_one, true});
      world.run();
    }
    EXPECT_TRUE(world.db->slots.at({world.station, 1}).is_disabled);
    EXPECT_TRUE(world.db->has_logged("slot-disabled"));
    world.send_snapshot();
    EXPECT_TRUE(world.db->slots.at({world.station, 1}).is_disabled) << "device data never clears it";
    EXPECT_EQ(world.view().slots.at(0).status, slot_status::maintenance);
  });
}

TEST(station_actor, a_fault_counted_while_the_database_is_away_is_stored_later) {
  under_all_schedules([](cabinet_world& world) {
    const auto held = reserve(world, bank_one);
    world.run();
    world.db->journal_refuses = journal_refusal::unavailable;
    world.system.tell(world.stations, release_bank{world.station, held->answer->bank.rental, bank_one, true});
    world.run();
    world.db->journal_refuses.reset();
    world.send_snapshot();
    EXPECT_EQ(world.db->slots.at({world.station, 1}).faults_in_a_row, 1);
  });
}

// F-15: the slot was stored OCCUPIED by the rental after the ejection.
TEST(station_actor, a_bank_that_left_is_gone_and_its_slot_says_what_the_device_says) {
  under_all_schedules([](cabinet_world& world) {
    const auto held = reserve(world, bank_one);
    world.run();
    world.system.tell(world.stations,
                      bank_left{world.station, held->answer->bank.rental, bank_one, bank_one});
    world.run();
    EXPECT_FALSE(world.view().slots.at(0).has_bank);
    world.slots.erase(1);
    world.send_snapshot();
    EXPECT_EQ(world.view().slots.at(0).status, slot_status::available);
    EXPECT_EQ(world.view().empty_slots, 6);
  });
}

TEST(station_actor, after_an_adoption_the_planned_bank_is_free_with_the_next_snapshot) {
  under_all_schedules([](cabinet_world& world) {
    const auto held = reserve(world, bank_one);
    world.run();
    world.system.tell(world.stations,
                      bank_left{world.station, held->answer->bank.rental, bank_two, bank_one});
    world.run();
    const auto too_early = reserve(world, bank_one);
    world.run();
    EXPECT_EQ(why(too_early), station_refusal::requested_powerbank_unavailable);
    world.slots.erase(2);
    world.send_snapshot();
    const auto free_again = reserve(world, bank_one);
    world.run();
    EXPECT_TRUE(free_again->answer);
    EXPECT_EQ(world.db->find_bank(bank_one)->status, bank_status::available);
  });
}

TEST(station_actor, a_bank_stored_as_returned_is_seated_at_once) {
  under_all_schedules([](cabinet_world& world) {
    bank_image back;
    back.id = world.system.ids().make<bank_id>();
    back.serial = bank_sn{300};
    back.battery = 33;
    back.station = world.station;
    back.slot = 7;
    world.db->store(record{world.system.ids().make<record_id>(), world.system.now(), {back}});
    world.system.tell(world.stations, seat_bank{world.station, back, world.system.now()});
    world.run();
    EXPECT_TRUE(world.view().slots.at(6).has_bank);
    EXPECT_EQ(world.view().slots.at(6).battery, 33);
    EXPECT_EQ(world.view().rentable_count, 3) << "not before the device has described the slot";
  });
}

TEST(station_actor, doors_hear_of_changes_and_not_of_repetitions) {
  under_all_schedules([](cabinet_world& world) {
    const auto before = world.log->views.size();
    for (int i = 0; i < 5; ++i)
      world.send_snapshot();
    EXPECT_EQ(world.log->views.size(), before);
    world.slots[1].battery = 12;
    world.send_snapshot();
    ASSERT_EQ(world.log->views.size(), before + 1);
    EXPECT_EQ(world.log->views.back().rentable_count, 2);
    EXPECT_EQ(world.log->views.back().revision, world.log->views[before - 1].revision + 1);
  });
}

TEST(station_actor, status_history_has_one_row_a_change_with_the_time_before_it) {
  under_all_schedules([](cabinet_world& world) {
    world.advance(minutes{30}, seconds{30});
    world.send_heartbeat();
    ASSERT_EQ(world.db->status_changes.size(), 3U);
    EXPECT_EQ(world.db->status_changes[1].status, station_status::offline);
    EXPECT_NEAR(static_cast<double>(world.db->status_changes[1].seconds_in_previous), 25 * 60, 31);
    EXPECT_EQ(world.db->status_changes[2].status, station_status::online);
  });
}

TEST(station_actor, status_changes_wait_for_the_database) {
  under_all_schedules([](cabinet_world& world) {
    world.db->journal_refuses = journal_refusal::unavailable;
    world.advance(minutes{30}, seconds{30});
    EXPECT_FALSE(world.view().is_online) << "true at once";
    EXPECT_EQ(world.db->status_changes.size(), 1U);
    world.db->journal_refuses.reset();
    world.advance(seconds{30}, seconds{1});
    EXPECT_EQ(world.db->status_changes.size(), 2U);
  });
}

TEST(station_actor, the_same_bank_in_two_cabinets_belongs_to_the_newest_report) {
  under_all_schedules([](cabinet_world& world) {
    world.system.tell(world.stations, bank_seen_elsewhere{world.station, bank_one, world.system.now()});
    world.run();
    EXPECT_FALSE(world.view().slots.at(0).has_bank);
  });
}

TEST(station_actor, banks_that_swapped_slots_are_stored_although_they_collide_in_passing) {
  cabinet_world world{9};
  world.go_online();
  std::swap(world.slots[1], world.slots[2]);
  world.db->are_slots_checked_row_by_row = true;
  world.send_snapshot();
  EXPECT_EQ(world.db->conflicts, 1U) << "the direct way is refused";
  EXPECT_EQ(world.db->find_bank(bank_one)->slot, 2);
  EXPECT_EQ(world.db->find_bank(bank_two)->slot, 1);
}

TEST(station_actor, a_reservation_no_rental_remembers_after_a_crash_ends_with_the_next_snapshot) {
  under_all_schedules([](cabinet_world& world) {
    bank_image held = *world.db->find_bank(bank_one);
    held.status = bank_status::reserved;
    held.rental = world.system.ids().make<rental_id>();
    world.db->store(record{world.system.ids().make<record_id>(), world.system.now(), {held}});
    world.crash();
    world.start();
    world.go_online();
    EXPECT_EQ(world.db->find_bank(bank_one)->status, bank_status::available);
    EXPECT_EQ(world.view().rentable_count, 3);
  });
}

}  // namespace
}  // namespace chautari
