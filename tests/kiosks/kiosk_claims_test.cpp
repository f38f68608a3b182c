/// What anybody can say of a cabinet over HTTP: it is asked about, and decides nothing.
#include <gtest/gtest.h>

#include "tests/support/cabinet_stories.hpp"

namespace chautari {
namespace {

using testing::cabinet_world;
using testing::under_all_schedules;

constexpr bank_sn bank_one{101};
constexpr bank_sn away{555};

void call(cabinet_world& world, bank_sn bank, int slot) {
  world.system.tell(world.kiosks, return_call{world.cabinet, bank, slot, 40, world.system.now()});
  world.run();
}
void upload(cabinet_world& world) {
  world.system.tell(world.kiosks, cabinet_frame{world.cabinet,
                                                cabinet_channel::upload,
                                                encode(world.snapshot()),
                                                world.system.now(),
                                                {},
                                                transport::http});
  world.run();
}
std::vector<sighting_kind> kinds(const cabinet_world& world) {
  std::vector<sighting_kind> all;
  for (const auto& seen : world.log->sightings)
    all.push_back(seen.kind);
  return all;
}

// F-21: anybody could end a rental over HTTP.
TEST(kiosk_claims, a_claim_is_a_claim_and_the_cabinet_is_asked) {
  under_all_schedules([](cabinet_world& world) {
    world.log->answers[away] = sighting_answer::claimed;
    world.log->published.clear();
    call(world, away, 2);
    ASSERT_EQ(kinds(world), std::vector{sighting_kind::claim});
    EXPECT_EQ(world.log->sightings[0].slot, 2);
    EXPECT_EQ(world.log->sightings[0].battery, 40);
    EXPECT_EQ(world.db->find_bank(bank_sn{102})->slot, 2) << "nobody is pushed out of a slot by a claim";
    EXPECT_EQ(world.db->find_bank(away), nullptr) << "nothing is placed";
    world.advance(seconds{3});
    EXPECT_EQ(world.count_published("check"), 1U);
  });
}

TEST(kiosk_claims, snapshots_without_the_bank_deny_it_until_the_rental_has_heard_enough) {
  under_all_schedules([](cabinet_world& world) {
    world.log->answers[away] = sighting_answer::claimed;
    call(world, away, 5);
    world.advance(seconds{6}, seconds{1});
    world.send_snapshot();
    world.log->answers[away] = sighting_answer::not_rented;
    world.log->published.clear();
    world.advance(seconds{12}, seconds{1});
    EXPECT_EQ(world.count_published("check"), 1U) << "one denial is not enough";
    world.send_snapshot();
    world.advance(seconds{10}, seconds{1});
    world.send_snapshot();
    const std::vector told{sighting_kind::claim, sighting_kind::absence, sighting_kind::absence};
    EXPECT_EQ(kinds(world), told) << "then nobody is asked any more";
  });
}

TEST(kiosk_claims, a_slot_that_cannot_be_read_denies_nothing) {
  under_all_schedules([](cabinet_world& world) {
    world.log->answers[away] = sighting_answer::claimed;
    call(world, away, 5);
    world.slots[5] = {bank_sn{0xFFFFFFFF}, 0, 4};
    world.advance(seconds{6}, seconds{1});
    world.send_snapshot();
    EXPECT_EQ(kinds(world), std::vector{sighting_kind::claim});
  });
}

TEST(kiosk_claims, the_cabinets_own_line_confirms_it) {
  under_all_schedules([](cabinet_world& world) {
    world.log->answers[away] = sighting_answer::claimed;
    const auto before = world.system.now();
    call(world, away, 5);
    world.slots[5] = {away, 70, 1};
    world.log->answers[away] = sighting_answer::closed;
    world.advance(seconds{6}, seconds{1});
    world.send_snapshot();
    ASSERT_EQ(kinds(world), (std::vector{sighting_kind::claim, sighting_kind::snapshot}));
    EXPECT_EQ(world.log->sightings[1].absent_at, before) << "the picture before did not show it";
    world.slots.erase(5);
    world.advance(seconds{10}, seconds{1});
    world.send_snapshot();
    EXPECT_EQ(kinds(world).size(), 2U) << "the claim is settled";
  });
}

TEST(kiosk_claims, a_report_says_since_when_the_cabinet_had_been_without_the_bank) {
  under_all_schedules([](cabinet_world& world) {
    const auto pictured_at = world.system.now();
    world.advance(minutes{3}, seconds{5});
    world.log->answers[away] = sighting_answer::closed;
    world.send_return(5, away);
    EXPECT_EQ(world.log->sightings.at(0).absent_at, pictured_at);
  });
}

// F-24 and 4.2: every door is heard, but only the cabinet's own line says where a bank is.
TEST(kiosk_claims, an_upload_moves_no_bank_and_makes_us_ask) {
  under_all_schedules([](cabinet_world& world) {
    world.advance(minutes{2}, seconds{5});
    world.log->published.clear();
    world.slots[5] = {away, 70, 1};
    world.slots[1].battery = 33;
    const auto reports = world.db->reports.size();
    upload(world);
    EXPECT_TRUE(world.log->sightings.empty());
    EXPECT_EQ(world.db->find_bank(away), nullptr);
    EXPECT_EQ(world.db->slots.at({world.station, 1}).battery, 90);
    EXPECT_EQ(world.db->reports.size(), reports) << "it is in the inbox already";
    world.advance(seconds{3});
    EXPECT_EQ(world.count_published("check"), 1U);
    world.send_snapshot();
    EXPECT_EQ(kinds(world), std::vector{sighting_kind::snapshot});
  });
}

TEST(kiosk_claims, an_upload_proves_no_ejection) {
  under_all_schedules([](cabinet_world& world) {
    world.rent(bank_one);
    world.slots.erase(1);
    world.advance(seconds{40}, seconds{1});
    upload(world);
    EXPECT_EQ(world.last_outcome(), nullptr);
    world.send_snapshot();
    ASSERT_NE(world.last_outcome(), nullptr);
    EXPECT_EQ(world.last_outcome()->result, ejection_result::confirmed);
  });
}

// F-26: the return of a bank that had been written off was ignored.
TEST(kiosk_claims, a_lost_bank_that_is_seen_again_is_its_rentals_to_judge) {
  under_all_schedules([](cabinet_world& world) {
    bank_image lost;
    lost.id = world.system.ids().make<bank_id>();
    lost.serial = away;
    lost.status = bank_status::lost;
    lost.rental = world.system.ids().make<rental_id>();
    world.db->store(record{world.system.ids().make<record_id>(), world.system.now(), {lost}});
    world.slots[5] = {away, 70, 1};
    world.log->rentals_refuse = caf::make_error(journal_refusal::unavailable);
    world.send_snapshot();
    world.log->rentals_refuse.reset();
    world.advance(seconds{20}, seconds{1});
    ASSERT_EQ(world.log->found.size(), 1U) << "told until somebody has taken it";
    EXPECT_EQ(world.log->found[0].rental, lost.rental);
    EXPECT_EQ(world.log->found[0].seen.slot, 5);
    EXPECT_EQ(world.db->find_bank(away)->status, bank_status::lost) << "not free for the next rider";
  });
}

}  // namespace
}  // namespace chautari
