/// The real station and its directory with operators at work, under shuffled schedules.
#include <gtest/gtest.h>

#include "protocols/base/refusal.hpp"
#include "tests/stations/office_world.hpp"

namespace chautari {
namespace {

using testing::asked;
using testing::nothing;
using testing::office_world;

constexpr bank_sn bank_one{101};
constexpr bank_sn stranger{777};

template <class Place>
caf::error why(const Place& place) {
  return place->error.value_or(caf::error{});
}

TEST(station_office, in_maintenance_nobody_rents_and_returns_are_taken) {
  office_world world{1};
  const auto done =
      world.office<station_inside>(set_maintenance{world.station, true, "new lock", world.stamp});
  ASSERT_TRUE(done->answer);
  EXPECT_TRUE(done->answer->facts.is_maintenance);
  EXPECT_TRUE(world.db->stations.at(world.station).is_maintenance) << "stored before it was answered";
  EXPECT_EQ(world.log->views.back().status(), station_status::maintenance) << "the doors know";
  EXPECT_EQ(why(world.reserve()), station_refusal::station_maintenance);
  ASSERT_FALSE(world.db->status_changes.empty());
  EXPECT_EQ(world.db->status_changes.back().triggered_by, "MANUAL");
  EXPECT_EQ(world.db->status_changes.back().previous, station_status::online);
  ASSERT_NE(world.last_audit(), nullptr);
  EXPECT_EQ(world.last_audit()->action, "station.maintenance");
  EXPECT_EQ(world.last_audit()->before, R"({"is_maintenance":false})");
  EXPECT_EQ(world.last_audit()->after, R"({"is_maintenance":true})");
  EXPECT_EQ(world.last_audit()->reason, "new lock");
  EXPECT_EQ(world.last_audit()->actor_id, world.stamp.who.text());
  EXPECT_EQ(world.last_audit()->ip, "203.0.113.7");
  EXPECT_EQ(world.told("station.maintenance"), 1U);

  world.slots[6] = {stranger, 80, 1};
  world.send_return(6, stranger);
  world.send_snapshot();
  EXPECT_NE(world.seated(stranger), nullptr) << "a bank that comes is taken in";

  const auto rows = world.db->status_changes.size();
  world.advance(minutes{30}, minutes{1});
  EXPECT_EQ(world.db->status_changes.size(), rows) << "connectivity is no change of what riders are shown";
  world.office<station_inside>(set_maintenance{world.station, false, "", world.stamp});
  EXPECT_EQ(world.db->status_changes.size(), rows + 1);
  EXPECT_GE(world.db->status_changes.back().seconds_in_previous, 30 * 60);
}

TEST(station_office, a_change_that_cannot_be_stored_changes_nothing) {
  office_world world{1};
  world.db->journal_refuses = journal_refusal::unavailable;
  const auto before = world.log->views.size();
  station_changes wish;
  wish.name = "Elsewhere";
  const auto changed = world.office<station_inside>(change_station{world.station, wish, world.stamp});
  const auto closed = world.office<station_inside>(set_maintenance{world.station, true, "x", world.stamp});
  const auto locked = world.office<nothing>(set_slot_lock{world.station, 1, true, "x", world.stamp});
  const auto held =
      world.office<bank_reservation>(take_out_bank{world.station, bank_one, {}, "x", world.stamp});
  EXPECT_EQ(why(changed), journal_refusal::unavailable);
  EXPECT_EQ(why(closed), journal_refusal::unavailable);
  EXPECT_EQ(why(locked), journal_refusal::unavailable);
  EXPECT_EQ(why(held), journal_refusal::unavailable);
  EXPECT_EQ(world.log->views.size(), before);
  EXPECT_EQ(world.told("operator.action"), 0U);
  world.db->journal_refuses.reset();
  EXPECT_EQ(world.inside().facts.name, "Thamel Gate");
  EXPECT_TRUE(world.reserve(bank_one)->answer) << "and it can be rented";
}

TEST(station_office, a_new_name_is_shown_and_audited_and_the_same_again_is_no_change) {
  office_world world{2};
  station_changes wish;
  wish.name = "Thamel Chowk";
  wish.latitude = 27.5;
  const auto done = world.office<station_inside>(change_station{world.station, wish, world.stamp});
  ASSERT_TRUE(done->answer);
  EXPECT_EQ(world.log->views.back().facts.name, "Thamel Chowk");
  EXPECT_EQ(world.db->stations.at(world.station).latitude, 27.5);
  EXPECT_EQ(world.last_audit()->before, R"({"station_name":"Thamel Gate","latitude":0E0})");
  world.office<station_inside>(change_station{world.station, wish, world.stamp});
  EXPECT_EQ(world.audited("station.change"), 1U);
}

TEST(station_office, no_slot_goes_with_a_bank_in_it) {
  office_world world{2};
  station_changes wish;
  wish.total_slots = 2;
  EXPECT_EQ(why(world.office<station_inside>(change_station{world.station, wish, world.stamp})),
            station_refusal::station_has_active_rentals);
  wish.total_slots = 3;
  EXPECT_TRUE(world.office<station_inside>(change_station{world.station, wish, world.stamp})->answer);
}

TEST(station_office, a_station_is_found_by_its_new_serial_number_and_not_by_the_old_one) {
  office_world world{2};
  station_changes wish;
  wish.serial = station_sn{"ST-NEW"};
  world.office<station_inside>(change_station{world.station, wish, world.stamp});
  EXPECT_EQ(why(world.reserve()), station_refusal::station_not_found);
  world.serial = station_sn{"ST-NEW"};
  EXPECT_TRUE(world.reserve()->answer);
}

TEST(station_office, a_new_cabinet_speaks_for_the_station_and_the_old_one_does_not) {
  office_world world{3};
  const auto held = world.reserve(bank_one);
  station_changes wish;
  wish.cabinet = imei{"860000000000099"};
  const change_station swap{world.station, wish, world.stamp};
  EXPECT_EQ(why(world.office<station_inside>(swap)), station_refusal::station_busy)
      << "not while a bank is on its way out";
  world.system.tell(world.stations, release_bank{world.station, held->answer->bank.rental, bank_one, false});
  world.run();
  ASSERT_TRUE(world.office<station_inside>(swap)->answer);
  EXPECT_FALSE(world.view().is_online) << "nobody has heard of the new cabinet yet";
  world.send_heartbeat();
  EXPECT_FALSE(world.view().is_online) << "the old cabinet is a stranger";
  world.cabinet = imei{"860000000000099"};
  world.go_online();
  EXPECT_TRUE(world.view().is_online);
  EXPECT_TRUE(world.reserve(bank_one)->answer);
}

TEST(station_office, a_locked_slot_rents_nothing_until_it_is_unlocked_and_its_faults_are_forgiven) {
  office_world world{4};
  world.db->slots.at({world.station, 1}).faults_in_a_row = 0;
  ASSERT_TRUE(world.office<nothing>(set_slot_lock{world.station, 1, true, "bent", world.stamp})->answer);
  EXPECT_TRUE(world.db->slots.at({world.station, 1}).is_disabled);
  EXPECT_EQ(world.last_audit()->action, "slot.lock");
  EXPECT_EQ(why(world.reserve(bank_one)), station_refusal::requested_powerbank_unavailable);
  world.send_snapshot();
  EXPECT_TRUE(world.db->slots.at({world.station, 1}).is_disabled) << "no cabinet ends a lock";
  ASSERT_TRUE(world.office<nothing>(set_slot_lock{world.station, 1, false, "", world.stamp})->answer);
  EXPECT_TRUE(world.reserve(bank_one)->answer);
  EXPECT_EQ(why(world.office<nothing>(set_slot_lock{world.station, 60, true, "", world.stamp})),
            station_refusal::slot_not_found);
}

// -- birth and end
// ------------------------------------------------------------------------------------------

create_station a_wish(const office_world& world) {
  create_station wish;
  wish.facts.serial = station_sn{"ST-2"};
  wish.facts.cabinet = imei{"860000000000012"};
  wish.facts.name = "Patan Gate";
  wish.facts.total_slots = 8;
  wish.stamp = world.stamp;
  return wish;
}

TEST(station_office, a_new_station_lives_at_once_and_its_cabinet_is_no_stranger) {
  office_world world{10};
  const auto born = world.office<station_inside>(a_wish(world));
  ASSERT_TRUE(born->answer) << "refused";
  EXPECT_EQ(born->answer->slots.size(), 8U);
  EXPECT_EQ(world.log->views.back().facts.serial, station_sn{"ST-2"});
  EXPECT_EQ(world.audited("station.create"), 1U);
  world.cabinet = imei{"860000000000012"};
  world.serial = station_sn{"ST-2"};
  world.station = born->answer->facts.id;
  world.slots = {{3, {stranger, 90, 1}}};
  world.go_online();
  EXPECT_TRUE(world.view().is_online);
  EXPECT_NE(world.seated(stranger), nullptr);
  world.crash();
  world.start();
  EXPECT_EQ(world.inside().facts.name, "Patan Gate") << "and it survives";
}

TEST(station_office, a_serial_number_or_imei_is_given_once) {
  for (const bool is_serial : {true, false}) {
    office_world world{11};
    auto wish = a_wish(world);
    if (is_serial) wish.facts.serial = world.serial;
    if (!is_serial) wish.facts.cabinet = world.cabinet;
    EXPECT_EQ(why(world.office<station_inside>(wish)), station_refusal::station_already_exists);
    auto twins = a_wish(world);
    const auto first = world.system.ask<station_inside>(world.world.station_office, twins);
    const auto second = world.system.ask<station_inside>(world.world.station_office, twins);
    world.run();
    EXPECT_NE(first->answer.has_value(), second->answer.has_value());
    EXPECT_EQ(world.db->stations.size(), 2U);
  }
}

// K-87: all of its banks, or nothing at all.
TEST(station_office, one_wrong_bank_and_the_station_is_not_made) {
  office_world world{12};
  bank_image spare;
  spare.id = world.system.ids().make<bank_id>();
  spare.serial = stranger;
  spare.status = bank_status::missing;
  world.db->store(record{world.system.ids().make<record_id>(), world.system.now(), {spare}});
  auto wish = a_wish(world);
  wish.banks = {{stranger, 1}, {bank_one, 2}, {bank_sn{999}, 3}};
  const auto refused = world.office<station_inside>(wish);
  EXPECT_EQ(why(refused), station_refusal::invalid_powerbank_assignment);
  const auto context = context_of(why(refused));
  EXPECT_NE(context.find(R"("powerbank_serial":"101","slot_number":2,"code":"not_free")"), std::string::npos)
      << context;
  EXPECT_NE(context.find(R"("powerbank_serial":"999","slot_number":3,"code":"not_found")"),
            std::string::npos);
  EXPECT_EQ(world.db->stations.size(), 1U);
  EXPECT_EQ(world.db->find_bank(stranger)->status, bank_status::missing);

  wish.banks = {{stranger, 1}};
  const auto born = world.office<station_inside>(wish);
  ASSERT_TRUE(born->answer) << "and nothing of the first try is in the way";
  EXPECT_EQ(born->answer->banks.size(), 1U);
  EXPECT_EQ(world.db->find_bank(stranger)->station, born->answer->facts.id);
}

// K-87: any open state, and banks inside.
TEST(station_office, a_station_goes_only_when_nothing_of_ours_is_with_it) {
  office_world world{13, 0};
  const delete_station wish{world.station, "moved", world.stamp};
  for (const auto status : {rental_status::pending, rental_status::pending_popup, rental_status::active,
                            rental_status::overdue}) {
    rental_image rental;
    rental.id = world.system.ids().make<rental_id>();
    rental.station = world.station;
    rental.status = status;
    world.db->rentals[rental.id] = rental;
    EXPECT_EQ(why(world.office<nothing>(wish)), station_refusal::station_has_active_rentals)
        << to_string(status);
    world.db->rentals.erase(rental.id);
  }
  world.slots[2] = {stranger, 90, 1};
  world.send_snapshot();
  EXPECT_EQ(why(world.office<nothing>(wish)), station_refusal::station_has_active_rentals)
      << "a bank is inside";
  world.slots.clear();
  for (int i = 0; i < 2; ++i) {
    world.advance(seconds{6}, seconds{1});
    world.send_snapshot();
  }
  ASSERT_TRUE(world.office<nothing>(wish)->answer);
  EXPECT_TRUE(world.db->stations.at(world.station).is_deleted) << "kept";
  EXPECT_TRUE(world.log->views.back().facts.is_deleted);
  EXPECT_EQ(why(world.reserve()), station_refusal::station_not_found);
  EXPECT_EQ(why(world.office<nothing>(wish)), station_refusal::station_not_found);
  auto again = a_wish(world);
  again.facts.serial = world.serial;
  EXPECT_EQ(why(world.office<station_inside>(again)), station_refusal::station_already_exists)
      << "its past keeps its number";
}

}  // namespace
}  // namespace chautari
