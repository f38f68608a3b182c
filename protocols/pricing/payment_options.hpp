#pragma once
/// How an amount could be paid from what a rider has: the quote of calculate-options (users_money 2.2). The
/// account judges again when it is charged, by the same rules.

#include <boost/json/object.hpp>
#include <optional>
#include <variant>

#include "protocols/rentals/messages.hpp"

namespace chautari {

/// What a rider can spend.
struct payment_means {
  money wallet;
  point_count points = 0;
};

struct payment_options {
  point_count points = 0;  ///< As many as would be taken; the last one may be worth more than what it pays.
  money wallet;            ///< What the wallet would have to give, whether it is there or not.
  money direct;            ///< Through a gateway.
  money shortfall;         ///< To be topped up.
  money wallet_shortfall;
  point_count points_shortfall = 0;  ///< Points cannot be bought: a top-up goes on with the automatic split.

  [[nodiscard]] bool is_sufficient() const { return shortfall == money{} && points_shortfall == 0; }
};

/// Refused: `invalid_wallet_points_split`, `split_total_mismatch`. `amount` is 0 or more.
[[nodiscard]] std::variant<payment_options, rental_refusal> payment_options_of(const payment_means& means,
                                                                               const payment_wish& wish,
                                                                               money amount);

/// In whole hundreds of rupees; nothing if nothing is short.
[[nodiscard]] std::optional<money> suggested_topup(money shortfall);

/// `data` of POST /api/payments/calculate-options; `scenario` is pre_payment or post_payment.
[[nodiscard]] boost::json::object payment_options_json(std::string_view scenario, const payment_means& means,
                                                       const payment_wish& wish, money amount,
                                                       const payment_options& options);

}  // namespace chautari
