#include "protocols/kiosks/adverts.hpp"

#include <gtest/gtest.h>

#include "protocols/kiosks/cabinet_command.hpp"

namespace chautari {
namespace {

std::vector<cabinet_advert> two_adverts() {
  cabinet_advert last;
  last.id = 1;
  last.display_order = 90;
  cabinet_advert first;
  first.id = 2;
  first.display_order = 3;
  first.is_video = true;
  return {last, first};
}

// F-52: cabinets changed their volume with the order of the adverts.
TEST(adverts, the_order_is_the_lists_and_the_weight_is_the_stations_volume) {
  for (const auto& list :
       {adverts_for_cabinet(two_adverts(), {35, 120}), adverts_for_staff(two_adverts(), {35, 120})}) {
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0].at("id"), 2);
    EXPECT_EQ(list[1].at("id"), 1);
    for (const auto& advert : list)
      EXPECT_EQ(advert.at("weight"), 35);
  }
  EXPECT_EQ(adverts_for_cabinet(two_adverts(), {})[0].at("fileType"), 1);
  EXPECT_EQ(adverts_for_staff(two_adverts(), {})[0].at("file_type"), 1);
  EXPECT_EQ(adverts_for_staff(two_adverts(), {35, 120})[0].at("screen_brightness"), 120);
}

TEST(adverts, a_cabinet_is_told_to_fetch_them_and_has_a_minute) {
  EXPECT_EQ(plain_command(cabinet_command_kind::load_ad)->payload, R"({"cmd":"load_ad"})");
  EXPECT_EQ(reply_wait(cabinet_command_kind::load_ad), seconds{60});
}

}  // namespace
}  // namespace chautari
