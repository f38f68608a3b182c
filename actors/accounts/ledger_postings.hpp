#pragma once
/// The postings of users_money 6.3 that rentals need, as balanced journals. Pure: ids and times are
/// given.

#include "protocols/accounts/ledger.hpp"
#include "protocols/rentals/images.hpp"

namespace chautari {

/// What every journal of a rental carries.
struct posting {
  ledger_journal_id id;
  user_id rider;
  rental_id rental;  ///< Nil if none.
  timestamp at;
};

/// E1 `topup:<provider>:<reference>`: money from outside becomes wallet cash.
[[nodiscard]] ledger_journal topup_journal(const posting& to, const std::string& provider,
                                           const std::string& reference, money amount);

enum class suspense_step : std::uint8_t { taken, to_wallet, given_back };
/// E1c: money that was paid and is not what was asked for waits in 2600; an operator gives it to the rider's
/// wallet or back to whoever paid. It is taken under the key of a top-up, so that one payment is never both;
/// the way out is `suspense:<provider>:<reference>`, once and one way.
[[nodiscard]] ledger_journal suspense_journal(const posting& to, suspense_step step,
                                              const std::string& provider, const std::string& reference,
                                              money amount);

/// E3, E3b `rental:<id>:charge`: the price moves from wallet (goodwill and cash) and points to deferred
/// income. `paid` covers `price`; less than one point above it is breakage (4070). price > 0.
[[nodiscard]] ledger_journal rental_charge_journal(const posting& of, money price, const payment_split& paid);
/// E3e `rental:<id>:release`: the exact reverse of the charge.
[[nodiscard]] ledger_journal rental_release_journal(const posting& of, money price,
                                                    const payment_split& paid);
/// E3c `rental:<id>:earn`: the bank is out, deferred income is earned; VAT of the gross amount.
[[nodiscard]] ledger_journal rental_earn_journal(const posting& of, money price, std::int32_t vat_percent);

/// E4 `rental:<id>:hold`: a postpaid start puts `held` of the wallet aside (2010).
[[nodiscard]] ledger_journal hold_journal(const posting& of, const payment_split& held);
/// E4e without usage, `rental:<id>:release`: the bank never came out, the hold goes back.
[[nodiscard]] ledger_journal hold_release_journal(const posting& of, const payment_split& held);
/// E4b `rental:<id>:usage`: the rider owes what the use came to. usage > 0.
[[nodiscard]] ledger_journal usage_journal(const posting& of, money usage, std::int32_t vat_percent);
/// E5 `ext:<extension>`: more time, paid at once. cost > 0.
[[nodiscard]] ledger_journal extension_journal(const posting& of, extension_id extension, money cost,
                                               const payment_split& paid, std::int32_t vat_percent);
/// E6 `rental:<id>:late`, or E6b `rental:<id>:late:<n>`: the rider owes the late fee, or what it grew by
/// since the n-th payment. fee > 0; n 0: it was never assessed before, and is final.
[[nodiscard]] ledger_journal late_fee_journal(const posting& of, money fee, std::int32_t vat_percent,
                                              std::int32_t n = 0);
/// E14 `rental:<id>:lost`: compensation, without VAT. penalty > 0.
[[nodiscard]] ledger_journal lost_penalty_journal(const posting& of, money penalty);

/// What a rental was charged, by the income it went to.
struct charged_parts {
  money extensions;
  money late_fee;
  money lost_penalty;
};
/// E6c, E7, E8, E14 back `rental:<id>:adjust:<n>`: the rider owes that much more (income 4000) or less. Less
/// is taken out of the penalty first, then of late fee, extensions and base, each with its VAT. amount is not
/// 0; never below minus everything charged.
[[nodiscard]] ledger_journal adjustment_journal(const posting& of, money amount, const charged_parts& charged,
                                                std::int32_t vat_percent, std::int32_t n);

/// Where the money of a collection comes from.
struct collection {
  payment_split paid;    ///< Points and wallet.
  payment_split held;    ///< Out of 2010, spent.
  payment_split unheld;  ///< Out of 2010, back in the wallet.
};
/// E4c to E4f `rental:<id>:due:<n>`: what could be taken of what is owed; n is the payment's number.
/// `settled` is the part of the receivable that it covers; nothing but a hold given back:
/// `rental:<id>:unhold`.
[[nodiscard]] ledger_journal due_collection_journal(const posting& of, money settled, const collection& from,
                                                    std::int32_t n);
/// E8 `rental:<id>:refund:<n>`: what was paid too much goes back as it came; n is the payment's number. A
/// point rounded up is the house's loss (4070).
[[nodiscard]] ledger_journal refund_journal(const posting& of, money amount, const payment_split& refunded,
                                            std::int32_t n);

/// E3d, or E16c if `amounts` are below zero: the partners' part of an income. Dr 5100 / Cr 2200 of each
/// partner. `event_key`: that of the income's journal and ":share", so an income is shared once, whatever is
/// repeated. Nothing if no partner gets anything of it. A rental takes back no more than it gave, so as long
/// as nothing is paid out of it a 2200 stays above zero; what a payout leaves below zero is moved to 1300 by
/// the payout.
[[nodiscard]] std::optional<ledger_journal> share_journal(const posting& of, std::string event_key,
                                                          const revenue_terms& terms,
                                                          const income_share& amounts);

enum class points_source : std::uint8_t { signup, rental_complete, timely_return };
/// E12 and rewards: points are issued to the rider and their value becomes a cost. `event_key` for the three
/// sources: `points:signup:<user>`, `points:rental:<rental>`, `points:timely:<rental>`.
[[nodiscard]] ledger_journal points_award_journal(const posting& to, points_source source,
                                                  point_count points);

/// True if debits equal credits in every commodity and each line has exactly one of them above zero.
[[nodiscard]] bool is_balanced(const ledger_journal& journal);

}  // namespace chautari
