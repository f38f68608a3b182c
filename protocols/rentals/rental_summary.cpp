#include "protocols/rentals/rental_summary.hpp"

#include <algorithm>

#include "protocols/pricing/late_fee.hpp"
#include "protocols/rentals/explanation.hpp"

namespace chautari {
namespace {

namespace json = boost::json;

/// "2026-01-01 05:45" in Nepal; operators compare with logs: RFC 3339 in UTC.
std::string time_text(timestamp at, story_reader reader) {
  if (reader == story_reader::operators) return to_rfc3339(at);
  auto text = to_rfc3339(at + nepal_offset).substr(0, 16);
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text;
}

/// 1250 is "12.50": two digits that were made of an integer.
std::string hundredths_text(std::int32_t hundredths) { return to_text(money{hundredths}); }

/// The terms of the late fee, as far as they apply; the cap only if it bit.
void add_late_fee(json::object& facts, const rental_image& rental, std::int64_t overdue, money fee) {
  const auto& terms = rental.late_fee;
  facts["late_fee"] = to_text(fee);
  facts["grace"] = terms.grace_minutes;
  if (terms.kind != late_fee_kind::flat_rate)
    facts["multiplier"] = hundredths_text(terms.multiplier_hundredths);
  if (terms.kind != late_fee_kind::multiplier) facts["flat"] = to_text(terms.flat_per_hour);
  auto uncapped = terms;
  uncapped.daily_cap.reset();
  if (terms.daily_cap && late_fee_for(rental.package, uncapped, overdue) > fee)
    facts["cap"] = to_text(*terms.daily_cap);
}

void add_bill(json::object& facts, const rental_image& rental, const rental_bill& bill) {
  facts["base"] = to_text(bill.base);
  facts["extensions_cost"] = to_text(bill.extensions);
  facts["lost_penalty"] = to_text(bill.lost_penalty);
  facts["adjustment"] = to_text(bill.adjustment);
  facts["charged"] = to_text(bill.charged());
  facts["paid"] = to_text(bill.paid);
  facts["due"] = to_text(bill.due());
  facts["held"] = to_text(rental.life.held);
  if (!rental.life.free_for.is_nil())
    facts["free_day"] = business_date_text(rental.created_at);
  else if (rental.life.discount_hundredths > 0)
    facts["discount"] = hundredths_text(rental.life.discount_hundredths);
}

void add_times(json::object& facts, const rental_image& rental, timestamp until, story_reader reader) {
  const auto note = [&](const char* name, const std::optional<timestamp>& at) {
    if (at) facts[name] = time_text(*at, reader);
  };
  note("asked", rental.created_at);
  note("started", rental.started_at);
  note("due_by", rental.due_at);
  note("ended", rental.ended_at);
  note("found", rental.life.found_at);
  if (rental.life.claim) note("claimed", rental.life.claim->claimed_at);
  if (rental.life.swap) {
    note("swap_until", rental.life.swap->until);
    facts["swap_bank"] = rental.life.swap->bank_serial.text();
  }
  const auto used = rental.started_at ? whole_minutes(*rental.started_at, until) : 0;
  facts["used"] = std::to_string(used);
  facts["billed"] = std::to_string(std::min(used, allotted_minutes(rental)));
  facts["bought"] = allotted_minutes(rental);
  facts["overdue"] = rental.due_at ? std::to_string(whole_minutes(*rental.due_at, until)) : "0";
}

std::string_view ending_of(const rental_image& rental) {
  switch (rental.closure) {
    case closure_reason::lost:
      return rental.life.found_at ? "summary-found" : "summary-lost";
    case closure_reason::forced:
      return "summary-forced";
    case closure_reason::eject_failed:
      return "summary-not-ejected";
    case closure_reason::user:
      return rental.started_at ? "summary-quick-return" : "summary-given-up";
    case closure_reason::admin:
      return "summary-admin-cancel";
    case closure_reason::returned:
    case closure_reason::none:
      break;
  }
  const bool is_late =
      rental.due_at && rental.ended_at && whole_minutes(*rental.due_at, *rental.ended_at) > 0;
  return is_late ? "summary-late" : "summary-in-time";
}

std::string_view standing_of(const rental_image& rental) {
  switch (rental.status) {
    case rental_status::pending:
    case rental_status::pending_popup:
      return "summary-pending";
    case rental_status::active:
      return "summary-active";
    case rental_status::overdue:
      return "summary-overdue";
    case rental_status::completed:
    case rental_status::cancelled:
      break;
  }
  return ending_of(rental);
}

std::string_view balance_of(const rental_image& rental, const rental_bill& bill) {
  if (bill.due() > money{}) return is_open(rental.status) ? "summary-so-far" : "summary-owed";
  if (bill.charged() > money{}) return "summary-paid";
  return rental.price > money{} || bill.base > money{} ? "summary-refunded" : "summary-free";
}

/// The sentences that are said, in order.
std::vector<std::string_view> lines_of(const rental_image& rental, const rental_bill& bill) {
  const auto& life = rental.life;
  std::vector<std::string_view> lines{"summary-asked", standing_of(rental)};
  const auto say = [&](bool is_so, std::string_view line) {
    if (is_so) lines.push_back(line);
  };
  say(is_open(rental.status) && life.claim.has_value(), "summary-claim");
  say(is_open(rental.status) && life.swap.has_value(), "summary-swap-open");
  say(life.extensions > 0, "summary-extended");
  say(life.swaps > 0, "summary-swapped");
  const bool is_postpaid = rental.package.model == payment_model::postpaid;
  say(bill.base > money{}, is_postpaid ? "summary-postpaid" : "summary-prepaid");
  say(!life.free_for.is_nil(), "summary-free-ejection");
  say(bill.late_fee > money{}, "summary-late-fee");
  say(bill.lost_penalty > money{}, "summary-penalty");
  say(bill.adjustment != money{} && bill.charged() != money{}, "summary-adjusted");
  say(life.held > money{}, "summary-held");
  lines.push_back(balance_of(rental, bill));
  return lines;
}

}  // namespace

json::object names_of(const rental_image& rental) {
  return {{"code", rental.code},
          {"rider", rental.rider_name},
          {"bank", rental.bank_serial.text()},
          {"slot", rental.slot},
          {"origin", rental.station_name},
          {"destination", rental.return_station_name},
          {"return_slot", rental.return_slot},
          {"package", rental.package.name},
          {"list_price", to_text(rental.package.price)},
          {"duration", rental.package.duration_minutes}};
}

std::vector<std::string> summary_of(const rental_image& rental, timestamp now, story_reader reader) {
  const timestamp until = counted_until(rental, now);
  const auto bill = bill_at(rental, until);
  auto facts = names_of(rental);
  add_times(facts, rental, until, reader);
  add_bill(facts, rental, bill);
  add_late_fee(facts, rental, rental.due_at ? whole_minutes(*rental.due_at, until) : 0, bill.late_fee);
  facts["extensions"] = rental.life.extensions;
  facts["extended_minutes"] = rental.life.extended_minutes;
  facts["swaps"] = rental.life.swaps;
  std::vector<std::string> summary;
  for (const auto line : lines_of(rental, bill)) {
    auto text = sentence_of(line, facts, reader);
    if (!text.empty()) summary.push_back(std::move(text));
  }
  return summary;
}

}  // namespace chautari
