#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "protocols/pricing/views.hpp"

namespace chautari {
namespace {

price_list three_packages() {
  price_list prices;
  for (const auto minutes : {240, 60, 1440}) {
    rental_package one;
    one.id = package_id{boost::uuids::uuid{{static_cast<std::uint8_t>(minutes % 251)}}};
    one.duration_minutes = minutes;
    one.price = {minutes * 100};
    prices.packages.push_back(one);
  }
  return prices;
}

TEST(packages, come_by_duration_and_only_if_active) {
  auto prices = three_packages();
  prices.packages[2].is_active = false;
  const auto answer = boost::json::parse(payment_packages_json(prices)).as_object();
  EXPECT_EQ(answer.at("count"), 2);
  EXPECT_EQ(answer.at("packages").at(0).at("duration_minutes"), 60);
  EXPECT_EQ(answer.at("packages").at(0).at("price"), "60.00");
  EXPECT_EQ(answer.at("packages").at(1).at("duration_display"), "4 hours");
}

TEST(packages, are_paged) {
  const std::vector<station_discount> nothing_off;
  const auto answer =
      boost::json::parse(rental_packages_json(three_packages(), 2, 2, &nothing_off)).as_object();
  ASSERT_EQ(answer.at("results").as_array().size(), 1U);
  EXPECT_EQ(answer.at("results").at(0).at("discounted_price"), "1440.00");
  EXPECT_EQ(answer.at("pagination").at("total_pages"), 2);
  EXPECT_TRUE(answer.at("pagination").at("next_page").is_null());
  EXPECT_EQ(answer.at("pagination").at("previous_page"), 1);
}

TEST(duration_text, speaks_like_people) {
  EXPECT_EQ(duration_text(0), "0 minutes");
  EXPECT_EQ(duration_text(1), "1 minute");
  EXPECT_EQ(duration_text(60), "1 hour");
  EXPECT_EQ(duration_text(26 * 60 + 5), "1 day 2 hours 5 minutes");
}

}  // namespace
}  // namespace chautari
