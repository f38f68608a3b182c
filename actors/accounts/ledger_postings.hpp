#pragma once
/// The postings of users_money 6.3 that the rental loop needs, as balanced journals. Pure: ids and times are
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

/// E3, E3b `rental:<id>:charge`: the price moves from wallet (goodwill and cash) and points to deferred
/// income. `paid` covers `price`; less than one point above it is breakage (4070). price > 0.
[[nodiscard]] ledger_journal rental_charge_journal(const posting& of, money price, const payment_split& paid);
/// E3e `rental:<id>:release`: the exact reverse of the charge.
[[nodiscard]] ledger_journal rental_release_journal(const posting& of, money price,
                                                    const payment_split& paid);
/// E3c `rental:<id>:earn`: the bank is out, deferred income is earned; VAT of the gross amount.
[[nodiscard]] ledger_journal rental_earn_journal(const posting& of, money price, std::int32_t vat_percent);

/// E6 `rental:<id>:late`: the rider owes the late fee. fee > 0.
[[nodiscard]] ledger_journal late_fee_journal(const posting& of, money fee, std::int32_t vat_percent);
/// E4c, E4f `rental:<id>:late-paid`: what could be taken at once of what is owed. `settled` is the part of
/// the receivable that `paid` covers.
[[nodiscard]] ledger_journal late_fee_collection_journal(const posting& of, money settled,
                                                         const payment_split& paid);

enum class points_source : std::uint8_t { signup, rental_complete, timely_return };
/// E12 and rewards: points are issued to the rider and their value becomes a cost. `event_key` for the three
/// sources: `points:signup:<user>`, `points:rental:<rental>`, `points:timely:<rental>`.
[[nodiscard]] ledger_journal points_award_journal(const posting& to, points_source source,
                                                  point_count points);

/// True if debits equal credits in every commodity and each line has exactly one of them above zero.
[[nodiscard]] bool is_balanced(const ledger_journal& journal);

}  // namespace chautari
