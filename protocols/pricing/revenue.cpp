#include "protocols/pricing/revenue.hpp"

#include <algorithm>

#include "protocols/base/check.hpp"
#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr std::int64_t whole_hundredths = 100'00;

constexpr word_table<income_kind, 3> income_kind_words{{
    {income_kind::rental, "RENTAL"},
    {income_kind::extension, "EXTENSION"},
    {income_kind::late_fee, "LATE_FEE"},
}};

/// Rows are by station: those of one are found without looking at all of them.
template <class Each>
void for_each_open(const price_list& prices, station_id station, Each each) {
  const auto& rows = prices.station_partners;
  const auto first = std::lower_bound(rows.begin(), rows.end(), station, [](const auto& row, const auto& id) {
    return row.station.value < id.value;
  });
  for (auto row = first; row != rows.end() && row->station == station; ++row) {
    if (!row->is_open()) continue;
    const auto by_id = [&](const auto& one) { return one.id == row->partner; };
    const auto who = std::find_if(prices.partners.begin(), prices.partners.end(), by_id);
    if (who != prices.partners.end()) each(*row, *who);
  }
}

}  // namespace

std::string to_string(income_kind kind) { return word_of(income_kind_words, kind); }
std::optional<income_kind> parse_income_kind(std::string_view text) {
  return value_of_word(income_kind_words, text);
}

income_share operator+(const income_share& a, const income_share& b) {
  return {a.gross + b.gross, a.vat + b.vat, a.service + b.service, a.franchise + b.franchise,
          a.vendor + b.vendor};
}

income_share operator-(const income_share& whole) {
  return {-whole.gross, -whole.vat, -whole.service, -whole.franchise, -whole.vendor};
}

income_share share_of(money gross, const revenue_terms& terms) {
  income_share share;
  share.gross = gross;
  share.vat = vat_of(gross, terms.vat_percent);
  share.service = scaled(gross, terms.service_hundredths, whole_hundredths);
  const bool has_franchise = !terms.franchise.is_nil();
  const money franchise =
      has_franchise ? scaled(share.net(), terms.franchise_hundredths, whole_hundredths) : share.net();
  share.vendor = scaled(franchise, terms.vendor_hundredths, whole_hundredths);
  if (has_franchise) share.franchise = franchise - share.vendor;
  return share;
}

income_share part_of(const income_share& whole, money gross) {
  CHECK(gross >= money{} && gross <= whole.gross);
  if (gross == whole.gross) return whole;
  const auto part = [&](money figure) { return scaled(figure, gross.paisa, whole.gross.paisa); };
  return {gross, part(whole.vat), part(whole.service), part(whole.franchise), part(whole.vendor)};
}

std::optional<revenue_terms> revenue_terms_at(const price_list& prices, station_id station,
                                              const settlement_terms& terms) {
  std::optional<revenue_terms> found;
  for_each_open(prices, station, [&](const station_partner& row, const business_partner& who) {
    if (!found) found.emplace();
    if (row.role == station_role::owner) {
      found->franchise = who.id;
      found->franchise_hundredths = who.share_hundredths;
    } else {
      found->vendor = who.id;
      found->vendor_hundredths = who.vendor == vendor_type::revenue ? row.percent_hundredths : 0;
    }
  });
  if (!found) return {};
  found->vat_percent = terms.vat_percent;
  found->service_hundredths = terms.service_hundredths;
  return found;
}

const business_partner* vendor_at(const price_list& prices, station_id station, user_id rider) {
  const business_partner* vendor = nullptr;
  for_each_open(prices, station, [&](const station_partner& row, const business_partner& who) {
    const bool is_it = row.role == station_role::station_operator && who.user == rider;
    if (is_it && who.status == partner_status::active) vendor = &who;
  });
  return vendor;
}

}  // namespace chautari
