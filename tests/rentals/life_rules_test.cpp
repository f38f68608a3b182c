/// The clock's own arithmetic, as tables.

#include "actors/rentals/life_rules.hpp"

#include <gtest/gtest.h>

namespace chautari {
namespace {

const timestamp noon = from_ms(1'767'268'800'000);
constexpr minutes lead{15};
using deadline = rental_deadline;

rental_image out_for(minutes duration) {
  rental_image rental;
  rental.status = rental_status::active;
  rental.started_at = noon;
  rental.due_at = noon + duration;
  rental.late_fee.grace_minutes = 2;
  return rental;
}

TEST(clock, deadlines_come_in_their_order_whatever_the_terms) {
  for (const std::int32_t lost_after : {0, 1, 6, 13, 72}) {
    for (const std::int32_t grace : {0, 2, 600}) {
      auto rental = out_for(minutes{60});
      rental.lost.after_hours = lost_after;
      rental.late_fee.grace_minutes = grace;
      for (std::int32_t n = 1; n < rental_deadlines; ++n)
        EXPECT_LE(deadline_at(rental, static_cast<deadline>(n - 1), lead),
                  deadline_at(rental, static_cast<deadline>(n), lead));
    }
  }
}

TEST(clock, the_latest_that_passed_is_told_and_none_twice) {
  auto rental = out_for(minutes{60});
  EXPECT_FALSE(deadline_passed(rental, lead, noon + minutes{44}));
  EXPECT_EQ(deadline_passed(rental, lead, noon + minutes{45}), deadline::due_soon);
  EXPECT_EQ(deadline_passed(rental, lead, noon + minutes{61}), deadline::due) << "soon is no news any more";
  rental = after_deadline(rental, deadline::due);
  EXPECT_EQ(rental.status, rental_status::overdue);
  EXPECT_FALSE(deadline_passed(rental, lead, noon + minutes{61}));
  EXPECT_EQ(next_look(rental, lead), noon + minutes{62});
  EXPECT_EQ(deadline_passed(rental, lead, noon + minutes{60} + hours{80}), deadline::lost);
}

TEST(clock, a_package_shorter_than_the_reminders_lead_has_no_reminder) {
  auto rental = out_for(minutes{15});
  EXPECT_EQ(next_look(rental, lead), noon + minutes{15});
  EXPECT_FALSE(deadline_passed(rental, lead, noon + minutes{14}));
}

TEST(clock, it_stands_still_for_a_claim_and_for_a_swap_but_not_for_a_wish) {
  auto claimed = out_for(minutes{60});
  claimed.life.claim = return_claim{};
  claimed.life.claim->claimed_at = noon + minutes{50};
  EXPECT_FALSE(deadline_passed(claimed, lead, noon + hours{9}));
  EXPECT_EQ(next_look(claimed, lead), noon + minutes{50} + hours{24});
  auto swapping = out_for(minutes{60});
  swapping.life.swap = pending_swap{};
  swapping.life.swap->until = noon + minutes{5};
  EXPECT_EQ(next_look(swapping, lead), noon + minutes{5});
  EXPECT_TRUE(deadline_passed(swapping, lead, noon + hours{2}));
  swapping.life.swap->returned_at = noon + minutes{4};
  EXPECT_FALSE(next_look(swapping, lead));
  EXPECT_FALSE(deadline_passed(swapping, lead, noon + hours{9}));
}

TEST(clock, a_day_begins_at_midnight_in_kathmandu) {
  EXPECT_EQ(to_rfc3339(start_of_day(noon)), "2025-12-31T18:15:00.000Z");
  EXPECT_EQ(start_of_day(start_of_day(noon)), start_of_day(noon));
  EXPECT_EQ(start_of_day(start_of_day(noon) - milliseconds{1}), start_of_day(noon) - hours{24});
}

// 3.5-3, the edges: five minutes, five points, the same station.
TEST(quick_return, the_edges_are_free) {
  auto rental = out_for(minutes{60});
  rental.start_battery = 90;
  bank_seen seen;
  const auto is_free = [&](seconds after, std::int32_t battery) {
    seen.battery = battery;
    return is_quick_return(rental, seen, noon + after, {});
  };
  EXPECT_TRUE(is_free(seconds{300}, 85));
  EXPECT_FALSE(is_free(seconds{301}, 85));
  EXPECT_FALSE(is_free(seconds{300}, 84));
  EXPECT_TRUE(is_free(seconds{300}, -1)) << "what the cabinet does not know is not held against the rider";
  seen.station = station_id{boost::uuids::uuid{{9}}};
  EXPECT_FALSE(is_free(seconds{10}, 90));
}

// 3.11: the penalty is credited, the late fee kept up to its amount.
TEST(found, the_late_fee_is_kept_up_to_the_penalty) {
  rental_image lost;
  lost.price = money{50'00};
  lost.life.lost_penalty_charged = money{5'000'00};
  lost.late_fee_charged = money{400'00};
  EXPECT_EQ(found_adjustment(lost), money{-5'000'00});
  lost.late_fee_charged = money{7'200'00};
  EXPECT_EQ(found_adjustment(lost), money{-7'200'00}) << "the penalty, and 2,200 of the fee";
  lost.life.adjustment = money{-11'000'00};
  EXPECT_EQ(found_adjustment(lost), money{}) << "remitted by an operator before";
}

}  // namespace
}  // namespace chautari
