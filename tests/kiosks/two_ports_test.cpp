/// A cabinet with boards on both of its io ports: every slot has one number, wherever it is spoken of.
#include <gtest/gtest.h>

#include "tests/stations/office_world.hpp"

namespace chautari {
namespace {

using testing::nothing;
using testing::office_world;

constexpr std::uint8_t second_port = 0x50;
constexpr bank_sn far_bank{901};

board_record board_of(std::uint8_t index, std::map<int, bank_sn> banks) {
  board_record board;
  board.index = index;
  for (int at = 1; at <= 8; ++at) {
    slot_record record;
    record.slot = static_cast<std::uint8_t>(at);
    record.sensors = 0x80;
    if (banks.count(at) > 0) {
      record.state = 1;
      record.sn = banks.at(at);
      record.charge_percent = 80;
      record.temperature_c = 25;
      record.sensors = 0;
    }
    board.slots.push_back(record);
  }
  return board;
}

cabinet_snapshot both_ports() {
  return {{board_of(1, {{1, bank_sn{101}}, {2, bank_sn{102}}, {3, bank_sn{103}}}),
           board_of(second_port, {{3, far_bank}})}};
}

/// Eight slots on each port, counted through.
struct two_port_world : office_world {
  two_port_world() : office_world{1} { count_from(8, 16); }

  std::shared_ptr<testing::asked<station_inside>> count_from(int offset, int total) {
    station_changes changes;
    changes.port_one_offset = offset;
    changes.total_slots = total;
    return office<station_inside>(change_station{station, changes, stamp});
  }
  [[nodiscard]] const slot_image* slot(std::int32_t number) {
    seen_ = inside();
    for (const auto& one : seen_.slots) {
      if (one.number == number) return &one;
    }
    return nullptr;
  }

private:
  station_inside seen_;
};

// F-31: both ports wrote into the same slots, and into total_slots.
TEST(two_ports, the_second_port_goes_on_where_the_station_says_and_nothing_is_overwritten) {
  two_port_world world;
  world.send(both_ports());
  ASSERT_NE(world.seated(far_bank), nullptr);
  EXPECT_EQ(world.seated(far_bank)->slot, 11);
  EXPECT_EQ(world.seated(bank_sn{103})->slot, 3);
  EXPECT_EQ(world.inside().facts.total_slots, 16);
  EXPECT_EQ(world.inside().slots.size(), 16U);
  ASSERT_NE(world.slot(11), nullptr);
  EXPECT_FALSE(world.slot(11)->is_disabled) << "within what the administrator knows of";
}

TEST(two_ports, half_a_picture_says_nothing_about_the_other_port) {
  two_port_world world;
  world.send(both_ports());
  for (int round = 0; round < 3; ++round) {
    world.advance(seconds{30}, seconds{1});
    world.send(cabinet_snapshot{{board_of(1, {{1, bank_sn{101}}, {2, bank_sn{102}}})}});
  }
  EXPECT_NE(world.seated(far_bank), nullptr);
  EXPECT_EQ(world.seated(bank_sn{103}), nullptr) << "its own port was shown without it";
  EXPECT_EQ(world.db->find_bank(bank_sn{103})->status, bank_status::missing);
}

TEST(two_ports, a_return_and_an_opened_slot_carry_the_stations_number) {
  two_port_world world;
  world.send(both_ports());
  world.log->sightings.clear();
  world.log->answers[far_bank] = sighting_answer::closed;
  world.send(return_report{second_port, 3, 0, far_bank, 1, return_report::bank_condition{1, 55}});
  ASSERT_EQ(world.log->sightings.size(), 1U);
  EXPECT_EQ(world.log->sightings[0].slot, 11);

  operator_command wish;
  wish.id = world.system.ids().make<command_id>();
  wish.station = world.station;
  wish.kind = command_kind::unlock_slot;
  wish.slot = 13;
  wish.reason = "something is stuck";
  wish.by = world.stamp;
  const auto given = world.system.ask<command_answer>(world.kiosks, wish);
  world.run();
  ASSERT_TRUE(given->answer);
  EXPECT_NE(world.log->published.back().json.find(R"("data":"5","io":"1")"), std::string::npos)
      << world.log->published.back().json;
  world.send(slot_ejection_reply{second_port, 5, 1, {}});
  EXPECT_EQ(world.db->commands.at(wish.id).state, command_state::ok) << "its reply is recognised";
}

TEST(two_ports, a_new_count_asks_for_a_picture_and_closes_what_is_no_slot_any_more) {
  two_port_world world;
  world.send(both_ports());
  world.log->published.clear();
  ASSERT_TRUE(world.count_from(10, 18)->answer);
  EXPECT_EQ(world.count_published("check_all"), 1U);
  EXPECT_TRUE(world.slot(9)->is_disabled) << "between the ports";
  world.send(both_ports());
  EXPECT_EQ(world.seated(far_bank)->slot, 13);
  EXPECT_FALSE(world.slot(13)->is_disabled);
  EXPECT_EQ(world.audited("station.change"), 2U);
}

TEST(two_ports, the_count_survives_a_restart) {
  two_port_world world;
  world.crash();
  world.start();
  world.go_online();
  world.send(both_ports());
  ASSERT_NE(world.seated(far_bank), nullptr);
  EXPECT_EQ(world.seated(far_bank)->slot, 11);
}

}  // namespace
}  // namespace chautari
