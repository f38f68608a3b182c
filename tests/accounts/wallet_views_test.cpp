#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "protocols/accounts/views.hpp"

namespace chautari {
namespace {

TEST(wallet_balance, goodwill_can_be_spent_but_not_withdrawn) {
  wallet_view wallet;
  wallet.cash = {80'00};
  wallet.goodwill = {20'50};
  wallet.held = {5'00};
  wallet.current_points = 55;
  const auto answer = boost::json::parse(wallet_balance_json(wallet, {})).as_object();
  EXPECT_EQ(answer.at("balance"), "100.50");
  EXPECT_EQ(answer.at("formatted_balance"), "NPR 100.50");
  EXPECT_EQ(answer.at("withdrawable"), "80.00");
  EXPECT_EQ(answer.at("held"), "5.00");
  EXPECT_EQ(answer.at("points").at("value"), "5.50");
}

TEST(wallet_balance, shows_the_five_newest_transactions) {
  std::vector<transaction_row> rows(7);
  for (std::size_t n = 0; n < rows.size(); ++n)
    rows[n].image.code = "TXN" + std::to_string(n);
  const auto answer = boost::json::parse(wallet_balance_json({}, rows)).as_object();
  const auto& shown = answer.at("recent_transactions").as_array();
  ASSERT_EQ(shown.size(), 5U);
  EXPECT_EQ(shown[0].at("transaction_id"), "TXN0");
  EXPECT_TRUE(shown[0].at("rental_code").is_null());
}

}  // namespace
}  // namespace chautari
