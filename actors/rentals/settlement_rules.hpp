#pragma once
/// The money at the end of a use, pure: what is charged, collected, given back. A return, a loss, an
/// operator's word and a swap that failed all end here (stations_rentals_devices 3.9 to 3.12, users_money 6.3
/// E4b to E8).

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "actors/rentals/rental_rules.hpp"
#include "actors/rentals/revenue_rules.hpp"
#include "protocols/journal/record.hpp"

namespace chautari {

/// How a use ends. Whoever knows it says so; the settlement does the rest.
struct use_ending {
  rental_step step = rental_step::bank_returned;
  closure_reason closure = closure_reason::returned;
  timestamp ended_at;  ///< Never before the start: then it is the start.

  // -- where the bank is
  station_id station;  ///< Nil: nobody knows.
  station_sn station_serial;
  std::string station_name;
  imei cabinet;               ///< Empty: no cabinet showed it.
  std::int32_t slot = 0;      ///< 0: nobody saw where.
  std::int32_t battery = -1;  ///< Percent; -1 unknown.
  timestamp seen_at;          ///< When a cabinet showed it.
  /// What becomes of the bank; nothing: free where it sits, MISSING without a seat, a verdict stays.
  std::optional<bank_status> bank_becomes;

  // -- money
  std::optional<money> charge_override;  ///< Instead of everything charged after the start; at least 0.
  money lost_penalty;
  bool is_quick_return = false;  ///< Everything charged is taken back, everything paid given back.

  // -- words
  std::string kind = "rental-returned";  ///< Of the line in the rental's history.
  std::string rule = "3.9";
  boost::json::object data;                   ///< Facts of that line, beside those of the settlement.
  std::string event = "rental.settled";       ///< For the rider.
  std::string feed_kind = "rental.returned";  ///< For operators.
  bool is_alarming = false;
  std::optional<cabinet_report> report;  ///< The frame that told it; its inbox key is set here.
  std::vector<record_part> also;         ///< True in the same commit.
  std::optional<stored_answer>
      answer;  ///< Of the command that ended it; stored with it, told to the account.
};

/// The ending that a sighting alone proves: the bank is back. More evidence may say better when.
[[nodiscard]] use_ending return_of(const rental_image& rental, const bank_seen& seen);

/// What follows from an ending. Amounts are of this decision alone.
struct settlement {
  rental_image rental;
  bank_image bank;
  std::optional<bank_cycle> wear;
  money usage;                 ///< Postpaid: charged for the use.
  money fee;                   ///< The late fee, whole: what was assessed for interim payments is in it.
  money fee_now;               ///< The part of it that was not assessed before.
  money lost_penalty;          ///< Charged now.
  money adjustment;            ///< Signed.
  payment_split paid;          ///< What could be taken of points and wallet.
  payment_split held;          ///< What was taken of the hold in 2010.
  payment_split unheld;        ///< The rest of the hold, back in the wallet.
  money settled;               ///< The part of the bill that `paid` and `held` cover.
  payment_split refunded;      ///< Back to the rider in the original mix.
  money refund;                ///< The part of the bill that `refunded` stands for.
  std::int32_t charge_n = 0;   ///< Number of its first charge beyond BASE.
  std::int32_t payment_n = 0;  ///< Number of its payment or refund.
  point_count points_for_completing = 0;
  point_count points_for_punctuality = 0;
  std::optional<shared_part> usage_share;      ///< Partners' part of `usage`,
  std::optional<shared_part> fee_share;        ///< of `fee_now`,
  std::vector<shared_part> adjustment_shares;  ///< of `adjustment`, or taken back with it.

  [[nodiscard]] point_count points() const { return points_for_completing + points_for_punctuality; }
};

/// The rental with everything charged that the ending charges; nothing collected yet. Its `bill_of` says what
/// is to be collected (due above zero) or given back (below).
[[nodiscard]] rental_image charge_use(rental_image rental, const use_ending& ending);

/// `held`: what the account could hold for the due of `charge_use`. `paid_before`: everything the rider paid
/// for this rental so far, refunds subtracted; asked only if something is to be given back.
[[nodiscard]] caf::expected<settlement> settle(const rental_image& rental, const bank_image& bank,
                                               const use_ending& ending, const funds_held& held,
                                               const payment_split& paid_before,
                                               const settlement_terms& terms);

/// `amount` of what was paid, in the mix it was paid in: all of it if that is what it settled (`settled`),
/// else in proportion, points rounded up in the rider's favour (3.5).
[[nodiscard]] payment_split refund_of(const payment_split& paid, money settled, money amount);
[[nodiscard]] payment_split sum_of(const std::vector<rental_payment>& payments);

/// A rental that has ended costs something else after all: a lost bank was found. What was paid beyond the
/// new bill goes back.
struct correction {
  rental_image rental;
  money adjustment;  ///< Signed.
  payment_split refunded;
  money refund;
  std::int32_t charge_n = 0;        ///< Number of its ADJUSTMENT.
  std::int32_t payment_n = 0;       ///< Number of its refund, if there is one.
  std::vector<shared_part> shares;  ///< What partners give back with it.
};
[[nodiscard]] correction correct_bill(rental_image rental, money adjustment,
                                      const payment_split& paid_before);

}  // namespace chautari
