/// A hundred thousand stations must fit: what one costs besides CAF's own kilobyte an actor.
#include <gtest/gtest.h>

#include "actors/kiosks/kiosk_actor.hpp"
#include "actors/stations/station_actor.hpp"

namespace chautari {
namespace {

TEST(kiosk_memory, a_kiosk_at_rest_is_small_and_keeps_its_business_elsewhere) {
  EXPECT_LE(sizeof(kiosk_state), 352U);
  EXPECT_EQ(sizeof(kiosk_state::business), sizeof(void*));
}

TEST(kiosk_memory, eight_slots_with_five_banks_fit_into_half_a_kilobyte) {
  EXPECT_LE(8 * sizeof(slot_facts) + 5 * sizeof(bank_facts), 512U);
  EXPECT_LE(sizeof(station_state), 640U);
}

}  // namespace
}  // namespace chautari
