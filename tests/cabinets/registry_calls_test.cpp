/// Strangers, and the inbox of what cabinets say over HTTP (F-20, F-21, F-29, F-44).
#include "protocols/base/limits.hpp"
#include "protocols/kiosks/cabinet_a8.hpp"
#include "tests/cabinets/registry_world.hpp"

namespace chautari {
namespace {

using testing::nothing;
using testing::reason;
using testing::registry_world;

std::vector<std::uint8_t> some_snapshot() {
  board_record board;
  board.index = 1;
  board.slots.push_back({});
  board.slots.back().slot = 1;
  return encode(cabinet_snapshot{{board}});
}

upload_snapshot upload_of(const imei& cabinet, std::vector<std::uint8_t> frame = some_snapshot()) {
  return {cabinet, std::move(frame), R"({"ssid":"shop"})", "10.0.0.7"};
}

// F-29: no station at (0,0), no login, nothing but a line in a list.
TEST(registry_calls, a_stranger_is_listed_and_gets_nothing) {
  registry_world world;
  const auto call = connect_cabinet{world.stranger, "sim-9", "hardware=V6086", "10.0.0.9"};
  EXPECT_EQ(reason(world.ask<broker_login>(call)), registry_refusal::unknown_cabinet);
  EXPECT_EQ(reason(world.ask<nothing>(upload_of(world.stranger))), registry_refusal::unknown_cabinet);
  EXPECT_EQ(reason(world.ask<nothing>(claim_return{world.stranger, bank_sn{101}, 1, 50, ""})),
            registry_refusal::unknown_cabinet);
  const auto& listed = world.db->strangers.at(world.stranger);
  EXPECT_EQ(listed.state, stranger_state::waiting);
  EXPECT_EQ(listed.sim, "sim-9");
  EXPECT_EQ(listed.address, "10.0.0.9");
  EXPECT_EQ(listed.hardware, "hardware=V6086");
  EXPECT_TRUE(world.db->reports.empty() && world.db->broker_accounts.empty() && world.log->frames.empty());
  EXPECT_EQ(world.log->changes, 0U);
  ASSERT_EQ(world.log->events.size(), 1U) << "operators hear of it once";
  EXPECT_EQ(world.log->events.front().kind, "cabinet.unknown");
}

TEST(registry_calls, calls_of_a_stranger_are_counted_and_stored_every_ten_minutes) {
  registry_world world;
  const auto call = connect_cabinet{world.stranger, "", "", "10.0.0.9"};
  std::size_t stored_often = 0;
  world.db->after_each = [&](const record&) { ++stored_often; };
  for (int n = 0; n < 50; ++n)
    world.ask<broker_login>(call);
  EXPECT_EQ(stored_often, 1U);
  world.system.advance(limits::stranger_noted_every, minutes{1});
  world.ask<broker_login>(call);
  EXPECT_EQ(world.db->strangers.at(world.stranger).calls, 51);
}

TEST(registry_calls, ever_new_strangers_fill_neither_memory_nor_the_list) {
  registry_world world;
  for (std::size_t n = 0; n < limits::strangers_a_day_max + 200; ++n)
    world.ask<broker_login>(connect_cabinet{imei{std::to_string(700'000'000'000'000 + n)}, "", "", ""});
  EXPECT_EQ(world.db->strangers.size(), limits::strangers_a_day_max);
  world.system.advance(hours{24}, hours{1});
  world.ask<broker_login>(connect_cabinet{world.stranger, "", "", ""});
  EXPECT_EQ(world.db->strangers.count(world.stranger), 1U) << "another day";
}

TEST(registry_calls, a_stranger_that_was_approved_and_has_a_station_gets_its_login) {
  registry_world world;
  const auto call = connect_cabinet{world.stranger, "sim-9", "", ""};
  world.ask<broker_login>(call);
  world.log->stations.insert(world.stranger);
  const auto judged =
      world.ask<stranger_image>(judge_stranger{world.stranger, stranger_state::approved, "", {}});
  ASSERT_TRUE(judged->answer);
  EXPECT_EQ(judged->answer->state, stranger_state::approved);
  EXPECT_TRUE(world.ask<broker_login>(call)->answer);
  ASSERT_EQ(world.db->audit_log.size(), 1U);
  EXPECT_EQ(world.db->audit_log.front().action, "cabinet.approve");
}

TEST(registry_calls, a_rejected_stranger_is_told_so_also_after_a_restart) {
  registry_world world;
  const auto call = connect_cabinet{world.stranger, "", "", ""};
  world.ask<broker_login>(call);
  world.ask<stranger_image>(judge_stranger{world.stranger, stranger_state::rejected, "not ours", {}});
  EXPECT_EQ(reason(world.ask<broker_login>(call)), registry_refusal::cabinet_rejected);
  world.restart();
  EXPECT_EQ(reason(world.ask<broker_login>(call)), registry_refusal::cabinet_rejected);
  EXPECT_EQ(world.db->strangers.at(world.stranger).notes, "not ours");
}

TEST(registry_calls, nobody_is_judged_who_never_called) {
  registry_world world;
  EXPECT_EQ(
      reason(world.ask<stranger_image>(judge_stranger{world.stranger, stranger_state::approved, "", {}})),
      registry_refusal::unknown_cabinet);
}

TEST(registry_calls, a_cabinet_that_lost_its_station_loses_its_login_when_it_speaks) {
  registry_world world;
  world.change(broker_account_action::provision);
  world.connect();
  world.log->stations.clear();
  world.system.tell(world.registry, stranger_heard{world.cabinet, world.system.now()});
  world.system.run();
  EXPECT_EQ(world.log->passwords.count(world.cabinet), 0U);
  EXPECT_TRUE(world.account().revoked_at);
  EXPECT_EQ(world.db->strangers.at(world.cabinet).door, transport::mqtt);
}

// F-50: an account that nobody knows of any more.
TEST(registry_calls, a_stranger_with_a_login_from_elsewhere_is_cut_off_once_an_hour) {
  registry_world world;
  world.log->passwords[world.stranger] = "from a database that was put back";
  for (int n = 0; n < 5; ++n)
    world.system.tell(world.registry, stranger_heard{world.stranger, world.system.now()});
  world.system.run();
  EXPECT_EQ(world.log->passwords.count(world.stranger), 0U);
  EXPECT_EQ(world.log->changes, 1U);
  EXPECT_TRUE(world.db->broker_accounts.empty());
  world.system.advance(hours{1}, minutes{10});
  world.system.tell(world.registry, stranger_heard{world.stranger, world.system.now()});
  world.system.run();
  EXPECT_EQ(world.log->changes, 2U);
}

// F-20 and F-44: "200" is a promise, and nobody waits for what becomes of it.
TEST(registry_calls, an_upload_is_in_the_inbox_before_it_is_answered_and_goes_to_the_kiosk_afterwards) {
  registry_world world;
  world.db->after_each = [&](const record&) { EXPECT_TRUE(world.log->frames.empty()); };
  ASSERT_TRUE(world.ask<nothing>(upload_of(world.cabinet))->answer);
  world.db->after_each = {};
  ASSERT_EQ(world.db->reports.size(), 1U);
  const auto& report = world.db->reports.begin()->second;
  EXPECT_EQ(report.door, transport::http);
  EXPECT_EQ(report.frame_type, 0x10);
  EXPECT_EQ(report.raw, some_snapshot());
  ASSERT_EQ(world.log->frames.size(), 1U);
  EXPECT_EQ(world.log->frames.front().door, transport::http);
  EXPECT_EQ(world.log->frames.front().bytes, some_snapshot());
}

TEST(registry_calls, what_could_not_be_stored_is_not_answered_with_200) {
  registry_world world;
  world.db->journal_refuses = journal_refusal::unavailable;
  EXPECT_TRUE(world.ask<nothing>(upload_of(world.cabinet))->error);
  EXPECT_TRUE(world.ask<nothing>(claim_return{world.cabinet, bank_sn{101}, 2, 61, ""})->error);
  EXPECT_TRUE(world.log->frames.empty() && world.log->claims.empty());
}

// F-21: over HTTP nobody proves an ejection or a return.
TEST(registry_calls, only_a_snapshot_may_be_uploaded_and_anything_else_is_kept_and_passed_to_nobody) {
  registry_world world;
  return_report forged;
  forged.slot = 2;
  forged.sn = bank_sn{101};
  forged.state = 1;
  auto broken = some_snapshot();
  broken.back() ^= 1U;
  for (const auto& frame : {encode(forged), broken, std::vector<std::uint8_t>{}}) {
    EXPECT_EQ(reason(world.ask<nothing>(upload_of(world.cabinet, frame))), registry_refusal::call_not_read);
  }
  ASSERT_EQ(world.db->reports.size(), 3U);
  for (const auto& [id, report] : world.db->reports) {
    EXPECT_NE(report.error, 0);
    EXPECT_EQ(report.frame_type, -1) << "no evidence";
  }
  EXPECT_TRUE(world.log->frames.empty());
}

TEST(registry_calls, a_claim_is_in_the_inbox_as_it_was_signed_and_goes_to_the_kiosk_as_a_claim) {
  registry_world world;
  ASSERT_TRUE(world.ask<nothing>(claim_return{world.cabinet, bank_sn{40000001}, 2, 61, ""})->answer);
  ASSERT_EQ(world.db->reports.size(), 1U);
  const auto& raw = world.db->reports.begin()->second.raw;
  EXPECT_EQ((std::string{raw.begin(), raw.end()}), "hole=2|rentboxSN=860000000000011|singleSN=40000001");
  ASSERT_EQ(world.log->claims.size(), 1U);
  EXPECT_EQ(world.log->claims.front().bank, bank_sn{40000001});
  EXPECT_EQ(world.log->claims.front().slot, 2);
  EXPECT_EQ(world.log->claims.front().battery, 61);
  EXPECT_TRUE(world.log->frames.empty());
}

TEST(registry_calls, a_claim_of_no_slot_or_of_no_bank_is_not_read) {
  registry_world world;
  for (const auto& [bank, slot] : {std::pair{bank_sn{101}, 0}, {bank_sn{101}, 81}, {no_bank_sn, 2}}) {
    EXPECT_EQ(reason(world.ask<nothing>(claim_return{world.cabinet, bank, slot, 50, ""})),
              registry_refusal::call_not_read);
  }
  EXPECT_TRUE(world.db->reports.empty());
}

TEST(registry_calls, one_cabinet_fills_the_inbox_with_no_more_than_its_allowance) {
  registry_world world;
  for (int n = 0; n < limits::cabinet_calls_an_hour_max; ++n)
    ASSERT_TRUE(world.ask<nothing>(upload_of(world.cabinet))->answer);
  EXPECT_EQ(reason(world.ask<nothing>(upload_of(world.cabinet))), registry_refusal::call_too_often);
  world.system.advance(seconds{15}, seconds{5});
  EXPECT_TRUE(world.ask<nothing>(upload_of(world.cabinet))->answer);
}

TEST(registry_calls, what_a_cabinet_says_of_its_network_is_noted_when_it_changes) {
  registry_world world;
  world.ask<nothing>(upload_of(world.cabinet));
  world.ask<nothing>(upload_of(world.cabinet));
  const auto told = [&] {
    return std::count_if(world.db->cabinet_log.begin(), world.db->cabinet_log.end(),
                         [](const auto& entry) { return entry.kind == "hardware-told"; });
  };
  EXPECT_EQ(told(), 1);
  auto moved = upload_of(world.cabinet);
  moved.hardware = R"({"ssid":"other"})";
  world.ask<nothing>(moved);
  EXPECT_EQ(told(), 2);
}

}  // namespace
}  // namespace chautari
