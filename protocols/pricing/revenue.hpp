#pragma once
/// How a rental's income is shared with partners: pure formulas (users_money 6.2 "Shares",
/// admin_engagement_ops 8.2). net = gross - VAT - service, both half-up of the gross, the net derived last. A
/// franchise gets its part of the net, the station's vendor its part of the franchise's part (without a
/// franchise: of the net), half-up; the platform has the rest.

#include <cstdint>
#include <optional>
#include <string>

#include "protocols/base/ids.hpp"
#include "protocols/base/money.hpp"
#include "protocols/pricing/late_fee.hpp"
#include "protocols/pricing/package.hpp"

namespace chautari {

/// Who shares, and the rates; copied into a rental at its start.
struct revenue_terms {
  partner_id franchise;                   ///< Nil: none.
  std::int32_t franchise_hundredths = 0;  ///< Of the net.
  partner_id vendor;                      ///< Nil: none.
  std::int32_t vendor_hundredths = 0;     ///< 0 if it has a fixed sum a month, or no share.
  std::int32_t vat_percent = 0;
  std::int32_t service_hundredths = 0;
  friend bool operator==(const revenue_terms&, const revenue_terms&) = default;
};

/// One income divided. Below zero throughout: taken back.
struct income_share {
  money gross;
  money vat;
  money service;
  money franchise;
  money vendor;

  [[nodiscard]] money net() const { return gross - vat - service; }
  [[nodiscard]] money platform() const { return net() - franchise - vendor; }
  friend bool operator==(const income_share&, const income_share&) = default;
};
[[nodiscard]] income_share operator+(const income_share& a, const income_share& b);
[[nodiscard]] income_share operator-(const income_share& whole);

/// gross >= 0.
[[nodiscard]] income_share share_of(money gross, const revenue_terms& terms);
/// The part of `whole` that belongs to `gross` of its gross, figure by figure half-up; all of it if that is
/// all. 0 <= gross <= whole.gross.
[[nodiscard]] income_share part_of(const income_share& whole, money gross);

/// The kinds of income that are shared: accounts 4000, 4010, 4020. A lost bank's penalty is none of them.
enum class income_kind : std::uint8_t { rental, extension, late_fee };
inline constexpr std::size_t income_kinds = 3;
std::string to_string(income_kind kind);
std::optional<income_kind> parse_income_kind(std::string_view text);

/// What became of one income, or of one that was taken back: written once, never changed.
struct revenue_distribution {
  ledger_journal_id id;   ///< Of its journal, if anything was posted.
  std::string event_key;  ///< That of the income's journal and ":share"; unique.
  rental_id rental;
  station_id station;
  income_kind kind = income_kind::rental;
  revenue_terms terms;
  income_share amounts;
  bool is_reversal = false;
  timestamp at;
};

/// The terms of a rental that starts at this station now; nothing: it is the platform's own.
[[nodiscard]] std::optional<revenue_terms> revenue_terms_at(const price_list& prices, station_id station,
                                                            const settlement_terms& terms);
/// The ACTIVE vendor that runs this station, if this rider is it; null otherwise.
[[nodiscard]] const business_partner* vendor_at(const price_list& prices, station_id station, user_id rider);

}  // namespace chautari
