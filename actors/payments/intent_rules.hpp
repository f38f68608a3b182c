#pragma once
/// What becomes of a payment intent, as pure functions: each returns its next version.

#include <caf/expected.hpp>

#include "protocols/operations/audit.hpp"
#include "protocols/payments/interface.hpp"
#include "protocols/pricing/payment_options.hpp"

namespace chautari {

/// The same command always opens the same intent.
[[nodiscard]] intent_id intent_of(command_id opened_by);

struct intent_opening {
  command_id opened_by;
  std::uint64_t body_hash = 0;
  user_id rider;
  intent_purpose purpose = intent_purpose::wallet_topup;
  money amount;
  timestamp now;
};
[[nodiscard]] payment_intent begin_intent(const intent_opening& opening, const payment_gateway& gateway);
/// `amount_too_low`, `amount_too_high`
[[nodiscard]] std::optional<caf::error> refuse_amount(money amount, const payment_gateway& gateway);

/// How much must come from outside, and how the order is paid when it is there.
struct order_funding {
  payment_options options;
  money amount;         ///< At least the gateway's least.
  payment_wish resume;  ///< direct: the wallet; where points are short: the automatic split.
};
/// 2.2 and 3.4: direct prepaid everything, else what is short; of a postpaid hold what the wallet lacks.
/// Refused like the payment itself.
[[nodiscard]] caf::expected<order_funding> fund_order(const open_order& wish, const payment_means& means,
                                                      const payment_gateway& gateway);

/// By its rider. One that is cancelled already stays so; any other that is not unpaid:
/// `invalid_intent_status`.
[[nodiscard]] caf::expected<payment_intent> cancel(payment_intent intent);
[[nodiscard]] payment_intent expire(payment_intent intent);

/// The money has come: COMPLETED, late if nobody waited for it any more, REVIEW if it is another amount. Only
/// an order of an intent that was paid in time goes on.
[[nodiscard]] payment_intent paid(payment_intent intent, const confirm_payment& wish, timestamp now);
/// It had come before. The same reference and amount: the first answer; all else is refused.
[[nodiscard]] caf::expected<intent_answer> paid_again(const payment_intent& intent,
                                                      const confirm_payment& wish);
/// Out of REVIEW: COMPLETED, late, with what was paid; or FAILED, given back.
[[nodiscard]] caf::expected<payment_intent> decided(payment_intent intent, bool is_credited, timestamp now);

// -- the order
// ------------------------------------------------------------------------------------------

/// It was paid and has not gone on.
[[nodiscard]] bool has_waiting_order(const payment_intent& intent);
[[nodiscard]] bool is_quote_too_old(const payment_order& order, timestamp now);
[[nodiscard]] payment_intent claim_order(payment_intent intent);
/// `code` empty: it succeeded.
[[nodiscard]] payment_intent settle_order(payment_intent intent, rental_id rental, std::string code);

/// What the order came to, from the stored answer of its command: below 400 it succeeded.
struct order_outcome {
  rental_id rental;
  std::string code;  ///< Empty: it succeeded.
};
[[nodiscard]] order_outcome outcome_of(int status, std::string_view data);
/// The word of the refusal that an order got; empty if its reason passes by itself and it is to be tried
/// again.
[[nodiscard]] std::string final_word_of(const caf::error& why);

}  // namespace chautari
