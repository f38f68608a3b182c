/// Riders see what they would pay: the real door, over a real socket, before scripted actors.
#include <gtest/gtest.h>

#include "protocols/base/refusal.hpp"
#include "tests/support/rider_client.hpp"
#include "tests/support/riders_stage.hpp"

namespace chautari {
namespace {

using testing::a_station;
using testing::an_hour;
using testing::id_named;
using testing::rider_client;
using testing::riders_stage;
using testing::sample_time;
using problems = std::vector<std::string>;

constexpr auto here = "/api/rentals/packages?station_sn=ASAN";
constexpr auto options = "/api/payments/calculate-options";

struct pricing_door_test : ::testing::Test {
  riders_stage stage;
  rider_client anybody{stage.port()};
  rider_client asha{stage.port(), "asha"};
  station_view asan = a_station("ASAN", "Asan", 27.7172, 85.3240);
  price_list prices;

  pricing_door_test() {
    stage.announce(asan);
    auto hour = an_hour();
    auto day = hour;
    day.id = id_named<package_id>("a postpaid day");
    day.duration_minutes = 24 * 60;
    day.model = payment_model::postpaid;
    prices.packages = {hour, day};
    station_discount off;
    off.id = id_named<discount_id>("off");
    off.station = asan.facts.id;
    off.package = hour.id;
    off.percent_hundredths = 12'50;
    off.valid_from = sample_time;
    off.valid_until = sample_time + hours{24};
    prices.discounts = {off};
    announce();
    stage.says.wallet = [](const look_at_wallet& question) {
      wallet_view wallet;
      wallet.rider = question.rider;
      wallet.cash = {20'00};
      wallet.goodwill = {10'00};
      wallet.current_points = 120;
      return wallet;
    };
    stage.says.uses = [](const count_price_uses&) { return price_uses{}; };
  }
  void announce() { stage.announce(prices_announced{std::make_shared<const price_list>(prices)}); }
  static std::string body(const std::string& more = "") {
    return R"({"package_id":")" + an_hour().id.text() + '"' + more + '}';
  }
};

TEST_F(pricing_door_test, new_prices_are_offered_from_the_moment_they_are_announced) {
  prices.packages[0].price = {60'00};
  announce();
  EXPECT_EQ(anybody.get("/api/payments/packages").at("/data/packages/0/price"), "60.00");
  EXPECT_EQ(asha.post(options, body()).at("/data/total_amount"), "60.00");
}

TEST_F(pricing_door_test, everybody_sees_the_public_offer_and_a_rider_what_is_left_for_them) {
  const auto offer = anybody.get(here);
  EXPECT_EQ(offer.at("/data/results/0/has_discount"), true);
  EXPECT_EQ(offer.at("/data/results/0/discount_percent"), "12.50");
  EXPECT_EQ(offer.at("/data/results/0/original_price"), "50.00");
  EXPECT_EQ(offer.at("/data/results/0/discounted_price"), "43.75");
  EXPECT_EQ(offer.at("/data/results/1/has_discount"), false);
  EXPECT_EQ(offer.header("cache-control"), "public, max-age=60");
  EXPECT_NE(offer.header("vary").find("Authorization"), std::string::npos);
  EXPECT_EQ(asha.get(here).at("/data/results/0/discounted_price"), "43.75");
  EXPECT_EQ(asha.get(here).header("cache-control"), "private, no-cache");

  stage.says.uses = [](const count_price_uses& question) {
    price_uses found;
    found.uses = question.rider == riders_stage::rider("asha") ? 1 : 0;
    return found;
  };
  EXPECT_EQ(asha.get(here).at("/data/results/0/has_discount"), false) << "had it once, may have it once";
  EXPECT_EQ(asha.post(options, body(R"(,"station_sn":"ASAN")")).at("/data/total_amount"), "50.00");
  rider_client bikash{stage.port(), "bikash"};
  EXPECT_EQ(bikash.get(here).at("/data/results/0/discounted_price"), "43.75");
  EXPECT_EQ(bikash.post(options, body(R"(,"station_sn":"ASAN")")).at("/data/total_amount"), "43.75");
}

TEST_F(pricing_door_test, an_offer_has_its_days_and_its_uses) {
  stage.wind(hours{24});
  EXPECT_EQ(anybody.get(here).at("/data/results/0/has_discount"), true) << "the last moment counts";
  stage.wind(milliseconds{1});
  EXPECT_EQ(anybody.get(here).at("/data/results/0/has_discount"), false);
  prices.discounts[0].valid_until += hours{24};
  prices.discounts[0].total_uses_max = 3;
  prices.discounts[0].used = 2;
  prices.discounts[0].reserved = 1;
  announce();
  EXPECT_EQ(anybody.get(here).at("/data/results/0/has_discount"), false);
}

TEST_F(pricing_door_test, uses_that_cannot_be_counted_never_show_the_full_price) {
  stage.says.uses = [](const count_price_uses&) { return caf::make_error(reader_refusal::unavailable); };
  EXPECT_EQ(asha.get(here).status, 503);
  EXPECT_EQ(asha.post(options, body(R"(,"station_sn":"ASAN")")).status, 503);
  EXPECT_EQ(anybody.get(here).status, 200);
}

TEST_F(pricing_door_test, a_package_is_quoted_under_both_names) {
  const auto quoted = asha.post(options, body());
  EXPECT_EQ(quoted.status, 200);
  EXPECT_EQ(quoted.at("/data/scenario"), "pre_payment");
  EXPECT_EQ(quoted.at("/data/user_balances/wallet"), "30.00") << "goodwill is spent, too";
  EXPECT_EQ(quoted.at("/data/shortfall"), "8.00");
  EXPECT_EQ(quoted.at("/data/suggested_topup"), "100.00");
  EXPECT_EQ(asha.post("/api/payment/calculate-options", body()).body.size(), quoted.body.size());
  const auto split = asha.post(options, body(R"(,"wallet_amount":"38.00","points_to_use":120)"));
  EXPECT_EQ(split.at("/data/payment_breakdown/requested_split/wallet_amount"), "38.00");
  EXPECT_EQ(
      asha.post(options, body(R"(,"payment_mode":"direct")")).at("/data/payment_breakdown/direct_amount"),
      "50.00");
}

TEST_F(pricing_door_test, a_due_is_quoted_as_it_stands_now) {
  auto rental = testing::a_rental(riders_stage::rider("asha"), asan);
  rental.status = rental_status::completed;
  rental.due = {9'17};
  rental.price = {50'00};
  rental.paid.wallet_cash = {50'00};
  rental.late_fee_charged = {9'17};
  rental.ended_at = stage.now();
  stage.says.live_rental = [](const look_at_rental&) {
    return caf::make_error(rental_refusal::rental_not_found);
  };
  stage.says.stored_rental = [&](const load_rental& question) {
    rental_lookup found;
    if (question.rental == rental.id && question.rider == rental.rider) found.rental = rental;
    return found;
  };
  const auto wish = [](const rental_id& id) { return R"({"rental_id":")" + id.text() + R"("})"; };
  const auto quoted = asha.post(options, wish(rental.id));
  EXPECT_EQ(quoted.at("/data/scenario"), "post_payment") << quoted.body;
  EXPECT_EQ(quoted.at("/data/total_amount"), "9.17");
  rider_client bikash{stage.port(), "bikash"};
  EXPECT_EQ(bikash.post(options, wish(rental.id)).code(), "rental_not_found") << "another one's is not there";
  rental.late_fee_charged = rental.due = {};
  EXPECT_EQ(asha.post(options, wish(rental.id)).code(), "no_due_amount");
}

TEST_F(pricing_door_test, what_cannot_be_quoted_is_said) {
  EXPECT_EQ(asha.post(options, "{}").problems(), problems{"package_id:required"});
  EXPECT_EQ(asha.post(options, body(R"(,"rental_id":")" + id_named<rental_id>("x").text() + '"')).problems(),
            problems{"rental_id:conflict"});
  EXPECT_EQ(asha.post(options, body(R"(,"amount":"1.00")")).problems(), problems{"amount:unknown_field"});
  EXPECT_EQ(asha.post(options, body(R"(,"payment_mode":"cash")")).status, 400);
  EXPECT_EQ(asha.post(options, body(R"(,"wallet_amount":"1.00")")).code(), "invalid_wallet_points_split");
  EXPECT_EQ(asha.post(options, body(R"(,"wallet_amount":"1.00","points_to_use":1)")).code(),
            "split_total_mismatch");
  EXPECT_EQ(asha.post(options, body(R"(,"station_sn":"NEVER")")).code(), "station_not_found");
  const auto other = [](const package_id& id) { return R"({"package_id":")" + id.text() + R"("})"; };
  EXPECT_EQ(asha.post(options, other(id_named<package_id>("never"))).code(), "package_not_found");
  EXPECT_EQ(asha.post(options, other(prices.packages[1].id)).code(), "invalid_package_payment_model");
}

}  // namespace
}  // namespace chautari
