/// What a bridge says becomes what the cabinet itself would have said, once: the real clerk, kiosk and
/// station with twins around them.
#include "actors/kiosks/sync_clerk_actor.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "tests/support/cabinet_stories.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari {
namespace {

using testing::asked;
using testing::cabinet_world;
using testing::nothing;

constexpr bank_sn foreign{555};

struct bridge_world : cabinet_world {
  sync_clerk_newcomer clerk;
  testing::sample_maker make{7};

  explicit bridge_world(std::uint64_t seed = 1) : cabinet_world{seed} {
    go_online();
    begin();
  }
  void begin() {
    clerk = system.spawn(sync_clerk);
    system.ask<nothing>(clerk, meet_network{world});
    run();
  }
  [[nodiscard]] cabinet_sync says(std::variant<synced_picture, synced_return, synced_status> what) {
    cabinet_sync said;
    said.id = system.ids().make<command_id>();
    said.signature = said.id.text();
    said.body_hash = 1;
    said.cabinet = cabinet;
    said.said_at = system.now();
    said.what = std::move(what);
    return said;
  }
  std::shared_ptr<asked<sync_answer>> report(const cabinet_sync& said) {
    const auto place = system.ask<sync_answer>(clerk, said);
    run();
    return place;
  }
  [[nodiscard]] synced_picture picture(std::optional<std::int64_t> sequence = {}) const {
    cabinet_snapshot shown = snapshot();
    auto& slots_of_first = shown.boards[0].slots;
    for (const auto& slot : shown.boards[1].slots)
      slots_of_first.push_back(slot);
    shown.boards.resize(1);
    return {shown, sequence};
  }
  /// A bank that is out with somebody since an hour.
  rental_image rental_of(bank_sn bank) {
    const auto rider = make.rider();
    auto facts = make.seated_bank(station, 5);
    facts.serial = bank;
    auto rental = make.pending_rental(rider, facts);
    rental.status = rental_status::active;
    rental.started_at = system.now() - hours{1};
    rental.due_at = *rental.started_at + hours{4};
    facts.station = {};
    facts.slot = 0;
    facts.status = bank_status::rented;
    facts.rental = rental.id;
    db->store(record{make.id<record_id>(), system.now(), {rider, facts, rental}});
    return rental;
  }
};

boost::json::value told(const std::shared_ptr<asked<sync_answer>>& place) {
  return place->answer ? boost::json::parse(place->answer->data) : boost::json::value{};
}
std::optional<sync_refusal> why(const std::shared_ptr<asked<sync_answer>>& place) {
  return place->error ? reason_of<sync_refusal>(*place->error) : std::nullopt;
}

TEST(sync_clerk, a_picture_changes_the_stock_as_a_frame_of_the_cabinet_does) {
  bridge_world world;
  world.slots[5] = {foreign, 70, 1};
  const auto answer = world.report(world.says(world.picture()));
  ASSERT_TRUE(answer->answer);
  EXPECT_EQ(told(answer).at("slots_updated"), 8);
  EXPECT_EQ(told(answer).at("powerbanks_updated"), 4);
  EXPECT_EQ(told(answer).at("offline_returns_processed"), 0);
  EXPECT_EQ(told(answer).at("station_serial"), "ST-1");
  ASSERT_NE(world.db->find_bank(foreign), nullptr);
  EXPECT_EQ(world.db->find_bank(foreign)->status, bank_status::quarantined);
  EXPECT_TRUE(testing::is_stored(world, 0x10));
}

TEST(sync_clerk, a_seated_bank_with_an_open_rental_is_an_offline_return) {
  bridge_world world;
  world.rental_of(foreign);
  world.log->answers[foreign] = sighting_answer::closed;
  world.slots[5] = {foreign, 70, 1};
  const auto answer = world.report(world.says(world.picture()));
  EXPECT_EQ(told(answer).at("offline_returns_processed"), 1);
  ASSERT_EQ(world.log->sightings.size(), 1U);
  EXPECT_EQ(world.log->sightings[0].kind, sighting_kind::snapshot);
}

TEST(sync_clerk, the_same_event_gets_its_first_answer_and_does_nothing_again) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    bridge_world world{seed};
    auto said = world.says(world.picture());
    const auto first = world.report(said);
    const auto frames = world.db->reports.size();
    world.slots[6] = {foreign, 70, 1};
    said.signature = "signed again";
    const auto again = world.report(said);
    ASSERT_TRUE(again->answer);
    EXPECT_TRUE(again->answer->is_replay);
    EXPECT_EQ(again->answer->data, first->answer->data);
    EXPECT_EQ(world.db->reports.size(), frames);
    said.body_hash = 2;
    EXPECT_EQ(why(world.report(said)), sync_refusal::idempotency_key_reused);
    world.crash();
    world.start();
    world.begin();
    said.body_hash = 1;
    EXPECT_TRUE(world.report(said)->answer->is_replay) << "across a restart, too";
  }
}

// F-48: signed requests could be played again for 300 s.
TEST(sync_clerk, a_signature_counts_once_in_ten_minutes) {
  bridge_world world;
  auto said = world.says(synced_status{true});
  EXPECT_TRUE(world.report(said)->answer);
  said.id = world.system.ids().make<command_id>();
  EXPECT_EQ(why(world.report(said)), sync_refusal::invalid_signature);
  world.advance(seconds{601}, seconds{1});
  EXPECT_TRUE(world.report(said)->answer);
}

TEST(sync_clerk, remembered_signatures_are_bounded) {
  sync_memory memory;
  const auto noon = from_ms(1'767'225'600'000);
  for (std::size_t n = 0; n < limits::sync_signatures_max; ++n)
    ASSERT_EQ(memory.hear(std::to_string(n), noon), sync_memory::novelty::is_new);
  EXPECT_EQ(memory.hear("one more", noon), sync_memory::novelty::no_room);
  EXPECT_EQ(memory.hear("one more", noon + seconds{600}), sync_memory::novelty::is_new);
  EXPECT_EQ(memory.order.size(), 1U);
}

TEST(sync_clerk, an_older_picture_is_dropped) {
  bridge_world world;
  world.report(world.says(world.picture(7)));
  world.slots[5] = {foreign, 70, 1};
  const auto older = world.report(world.says(world.picture(6)));
  EXPECT_EQ(told(older).at("slots_updated"), 0);
  EXPECT_EQ(world.db->find_bank(foreign), nullptr);
  auto stale = world.says(world.picture());
  stale.said_at = world.system.now() - minutes{26};
  EXPECT_EQ(told(world.report(stale)).at("slots_updated"), 0);
  EXPECT_EQ(told(world.report(world.says(world.picture(8)))).at("slots_updated"), 8);
  EXPECT_NE(world.db->find_bank(foreign), nullptr);
  world.crash();
  world.start();
  world.begin();
  EXPECT_EQ(told(world.report(world.says(world.picture(8)))).at("slots_updated"), 0)
      << "remembered across a restart";
}

// F-22: returned_at was ignored.
TEST(sync_clerk, a_return_happened_when_the_bridge_says_if_that_is_possible) {
  for (const auto& [said_ago, counts_ago] :
       {std::pair{minutes{10}, minutes{10}}, std::pair{minutes{61}, minutes{0}},
        std::pair{minutes{-5}, minutes{0}}}) {
    bridge_world world;
    const auto rental = world.rental_of(foreign);
    world.log->answers[foreign] = sighting_answer::closed;
    const auto now = world.system.now();
    const auto answer =
        world.report(world.says(synced_return{foreign, 5, 61, std::optional{now - said_ago}}));
    ASSERT_EQ(world.log->sightings.size(), 1U);
    const auto& seen = world.log->sightings[0];
    EXPECT_EQ(seen.returned_at, now - counts_ago);
    EXPECT_EQ(seen.kind, sighting_kind::return_report);
    EXPECT_EQ(seen.battery, 61);
    EXPECT_EQ(seen.report->frame_type, 0x40);
    EXPECT_EQ(told(answer).at("rental_id").as_string(), rental.id.text());
    EXPECT_EQ(told(answer).at("rental_code").as_string(), rental.code);
    EXPECT_EQ(told(answer).at("overdue_amount"), "0.00");
  }
}

// 3.9-1: a bridge that was cut off tells of a return after the bank has gone out with the next rider.
TEST(sync_clerk, a_return_that_was_told_late_does_not_end_the_next_rental) {
  for (const bool names_time : {true, false}) {
    bridge_world world;
    world.rental_of(foreign);
    world.log->answers[foreign] = sighting_answer::closed;
    const auto before = world.system.now() - hours{2};
    auto late = world.says(synced_return{foreign, 5, 61, names_time ? std::optional{before} : std::nullopt});
    if (!names_time) late.said_at = before;
    const auto answer = world.report(late);
    ASSERT_TRUE(answer->answer) << "the bridge need not say it again";
    EXPECT_TRUE(told(answer).at("rental_id").is_null());
    EXPECT_TRUE(world.log->sightings.empty());
    EXPECT_EQ(world.db->find_bank(foreign)->status, bank_status::rented);
  }
}

TEST(sync_clerk, yesterdays_word_does_not_bring_a_dark_cabinet_back) {
  bridge_world world;
  world.advance(minutes{40}, seconds{20});
  ASSERT_FALSE(world.view().is_online);
  auto late = world.says(synced_status{true});
  late.said_at = world.system.now() - minutes{30};
  EXPECT_TRUE(world.report(late)->answer);
  EXPECT_FALSE(world.view().is_online);
}

TEST(sync_clerk, a_bank_nobody_rents_is_seated_and_an_unknown_one_is_not_found) {
  bridge_world world;
  EXPECT_EQ(why(world.report(world.says(synced_return{foreign, 5, 61, {}}))),
            sync_refusal::powerbank_not_found);
  EXPECT_EQ(why(world.report(world.says(synced_return{bank_sn{101}, 81, 61, {}}))),
            sync_refusal::slot_not_found);
  const auto answer = world.report(world.says(synced_return{bank_sn{101}, 6, 61, {}}));
  ASSERT_TRUE(answer->answer);
  EXPECT_TRUE(told(answer).at("rental_id").is_null());
  EXPECT_EQ(world.db->find_bank(bank_sn{101})->slot, 6);
}

TEST(sync_clerk, a_cabinet_comes_and_goes_as_the_bridge_says) {
  bridge_world world;
  world.report(world.says(synced_status{false}));
  EXPECT_TRUE(world.view().is_online) << "it has 90 s to come back";
  world.advance(seconds{91}, seconds{1});
  EXPECT_FALSE(world.view().is_online);
  world.report(world.says(synced_status{true}));
  EXPECT_TRUE(world.view().is_online);
}

// F-29: an unknown cabinet became a public station at (0, 0).
TEST(sync_clerk, a_cabinet_nobody_registered_is_refused_and_no_station_is_born) {
  bridge_world world;
  auto said = world.says(world.picture());
  said.cabinet = imei{"860000000000099"};
  EXPECT_EQ(why(world.report(said)), sync_refusal::station_not_found);
  EXPECT_EQ(world.db->stations.size(), 1U);
}

TEST(sync_clerk, without_a_database_nothing_is_promised_and_the_bridge_may_say_it_again) {
  bridge_world world;
  world.db->journal_refuses = journal_refusal::unavailable;
  auto said = world.says(synced_status{true});
  const auto failed = world.report(said);
  ASSERT_TRUE(failed->error);
  EXPECT_EQ(reason_of<journal_refusal>(*failed->error), journal_refusal::unavailable);
  world.db->journal_refuses.reset();
  said.signature = "signed again";
  EXPECT_TRUE(world.report(said)->answer);
}

}  // namespace
}  // namespace chautari
