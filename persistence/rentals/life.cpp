#include "persistence/rentals/life.hpp"

#include <array>

#include "persistence/base/json_rows.hpp"

namespace chautari {
namespace {

/// Every plain number of a life with its name: once, for both ways.
template <class Life, class Each>
void for_each_number(Life& life, Each each) {
  each("extensions", life.extensions);
  each("extended_minutes", life.extended_minutes);
  each("extensions_charged", life.extensions_charged.paisa);
  each("usage_charged", life.usage_charged.paisa);
  each("held", life.held.paisa);
  each("discount_hundredths", life.discount_hundredths);
  each("lost_penalty_charged", life.lost_penalty_charged.paisa);
  each("adjustment", life.adjustment.paisa);
  each("paid_later", life.paid_later.paisa);
  each("charges", life.charges);
  each("payments", life.payments);
  each("swaps", life.swaps);
  each("reminders", life.reminders);
}

/// What was shared of each kind of income: "extension_vat", ...
template <class Revenue, class Each>
void for_each_share(Revenue& revenue, Each each) {
  static constexpr std::array kinds{"rental_", "extension_", "late_fee_"};
  for (std::size_t at = 0; at < income_kinds; ++at) {
    auto& of = revenue.shared.at(at);
    const std::string kind = kinds.at(at);
    each(kind + "gross", of.gross.paisa);
    each(kind + "vat", of.vat.paisa);
    each(kind + "service", of.service.paisa);
    each(kind + "franchise", of.franchise.paisa);
    each(kind + "vendor", of.vendor.paisa);
  }
}

std::string revenue_as_json(const rental_revenue& revenue) {
  const revenue_terms& terms = revenue.terms;
  json_rows rows;
  rows.row()
      .id_or_null("franchise", terms.franchise)
      .id_or_null("vendor", terms.vendor)
      .number("franchise_hundredths", terms.franchise_hundredths)
      .number("vendor_hundredths", terms.vendor_hundredths)
      .number("vat_percent", terms.vat_percent)
      .number("service_hundredths", terms.service_hundredths);
  for_each_share(revenue, [&](const std::string& name, std::int64_t paisa) {
    if (paisa != 0) rows.number(name, paisa);
  });
  return rows.only();
}

rental_revenue read_revenue(const json_row& row) {
  rental_revenue revenue;
  revenue_terms& terms = revenue.terms;
  if (row.has("franchise")) terms.franchise = row.id<partner_id>("franchise");
  if (row.has("vendor")) terms.vendor = row.id<partner_id>("vendor");
  terms.franchise_hundredths = row.small("franchise_hundredths");
  terms.vendor_hundredths = row.small("vendor_hundredths");
  terms.vat_percent = row.small("vat_percent");
  terms.service_hundredths = row.small("service_hundredths");
  for_each_share(revenue, [&](const std::string& name, std::int64_t& paisa) {
    if (row.has(name)) paisa = row.number(name);
  });
  return revenue;
}

std::string swap_as_json(const pending_swap& swap) {
  json_rows rows;
  rows.row()
      .id("bank", swap.bank)
      .number("bank_serial", swap.bank_serial.value)
      .number("slot", swap.slot)
      .number("battery", swap.battery)
      .time("until", swap.until)
      .text("reason", to_string(swap.reason))
      .text("description", swap.description)
      .time("returned_at", swap.returned_at);
  return rows.only();
}

std::string claim_as_json(const return_claim& claim) {
  json_rows rows;
  rows.row()
      .id("station", claim.station)
      .text("cabinet", claim.cabinet.value)
      .number("slot", claim.slot)
      .number("battery", claim.battery)
      .time("claimed_at", claim.claimed_at)
      .number("snapshots_against", claim.snapshots_against);
  return rows.only();
}

pending_swap read_pending_swap(const json_row& row) {
  pending_swap swap;
  swap.bank = row.id<bank_id>("bank");
  swap.bank_serial = bank_sn{static_cast<std::uint32_t>(row.number("bank_serial"))};
  swap.slot = row.small("slot");
  swap.battery = row.small("battery");
  swap.until = row.time("until");
  swap.reason = row.word("reason", parse_swap_reason);
  swap.description = row.text("description");
  if (row.has("returned_at")) swap.returned_at = row.time("returned_at");
  return swap;
}

return_claim read_claim(const json_row& row) {
  return_claim claim;
  claim.station = row.id<station_id>("station");
  claim.cabinet = imei{row.text("cabinet")};
  claim.slot = row.small("slot");
  claim.battery = row.small("battery");
  claim.claimed_at = row.time("claimed_at");
  claim.snapshots_against = row.small("snapshots_against");
  return claim;
}

}  // namespace

std::string life_as_json(const rental_life& life) {
  static const rental_life none;
  if (life == none) return {};
  json_rows rows;
  rows.row();
  for_each_number(life, [&](const char* name, std::int64_t value) {
    if (value != 0) rows.number(name, value);
  });
  rows.id_or_null("discount", life.discount).time("found_at", life.found_at);
  rows.id_or_null("free_for", life.free_for);
  if (life.revenue) rows.json("revenue", revenue_as_json(*life.revenue));
  if (life.swap) rows.json("swap", swap_as_json(*life.swap));
  if (life.claim) rows.json("claim", claim_as_json(*life.claim));
  return rows.only();
}

rental_life read_life(const json_row& row) {
  rental_life life;
  for_each_number(life, [&]<class Number>(const char* name, Number& value) {
    if (row.has(name)) value = static_cast<Number>(row.number(name));
  });
  if (row.has("discount")) life.discount = row.id<discount_id>("discount");
  if (row.has("free_for")) life.free_for = row.id<partner_id>("free_for");
  if (row.has("revenue")) life.revenue = read_revenue(*row.object("revenue"));
  if (row.has("found_at")) life.found_at = row.time("found_at");
  if (row.has("swap")) life.swap = read_pending_swap(*row.object("swap"));
  if (row.has("claim")) life.claim = read_claim(*row.object("claim"));
  return life;
}

}  // namespace chautari
