#include "tests/support/memory_rentals.hpp"

#include <algorithm>
#include <set>

namespace chautari::testing {

found_rental found_of(const memory_store& db, const rental_image& rental) {
  const auto returned = db.stations.find(rental.return_station);
  return {rental, returned == db.stations.end() ? station_sn{} : returned->second.serial};
}

rental_story answer(const memory_store& db, const load_rental_story& query) {
  rental_story story;
  const auto rental = db.rentals.find(query.rental);
  if (rental == db.rentals.end()) return story;
  story.found = found_of(db, rental->second);
  for (const auto& line : db.rental_log)
    if (line.rental == query.rental) story.log.push_back(line);
  for (const auto& [key, charge] : db.charges)
    if (charge.rental == query.rental) story.charges.push_back(charge);
  for (const auto& [key, payment] : db.payments)
    if (payment.rental == query.rental) story.payments.push_back(payment);
  return story;
}

namespace {

/// Ids rise with time: newest first.
rental_issue_view view_of(const memory_store& db, const rental_issue_image& issue) {
  rental_issue_view view{issue, {}, {}, {}, {}};
  if (const auto rental = db.rentals.find(issue.rental); rental != db.rentals.end()) {
    view.rental_code = rental->second.code;
    view.station_name = rental->second.station_name;
    view.bank = rental->second.bank_serial;
  }
  if (const auto rider = db.users.find(issue.reporter); rider != db.users.end())
    view.reporter_name = rider->second.username;
  return view;
}

bool names(const cabinet_report& report, bank_sn bank) {
  std::vector<std::uint8_t> bytes;
  for (const int shift : {24, 16, 8, 0})
    bytes.push_back(static_cast<std::uint8_t>(bank.value >> shift));
  if (report.door == transport::http) {
    const auto text = bank.text();
    bytes.assign(text.begin(), text.end());
  }
  return std::search(report.raw.begin(), report.raw.end(), bytes.begin(), bytes.end()) != report.raw.end();
}

bool is_reward_of(const ledger_journal& journal, rental_id rental) {
  return journal.event_key == "points:rental:" + rental.text() ||
         journal.event_key == "points:timely:" + rental.text();
}

money charged_of(const memory_store& db, rental_id rental) {
  money sum;
  for (const auto& [key, charge] : db.charges)
    if (charge.rental == rental) sum += charge.amount;
  return sum;
}

}  // namespace

rental_explanation answer(const memory_store& db, const load_explanation& query) {
  rental_explanation told;
  told.story = answer(db, load_rental_story{query.rental});
  if (!told.story.found) return told;
  std::set<bank_sn> banks{told.story.found->rental.bank_serial};
  for (const auto& [key, swap] : db.swaps) {
    if (!(swap.rental == query.rental)) continue;
    told.swaps.push_back(swap);
    for (const auto bank : {swap.old_bank, swap.new_bank})
      if (const auto known = db.banks.find(bank); known != db.banks.end()) banks.insert(known->second.serial);
  }
  for (const auto& [key, journal] : db.journals)
    if (journal.rental == query.rental || is_reward_of(journal, query.rental))
      told.journals.push_back(journal);
  std::stable_sort(told.journals.begin(), told.journals.end(),
                   [](const auto& a, const auto& b) { return a.occurred_at < b.occurred_at; });
  for (const auto& [id, command] : db.commands)
    if (command.rental == query.rental) told.commands.push_back(command);
  for (const auto& [id, report] : db.reports)
    if (std::any_of(banks.begin(), banks.end(),
                    [&, &report = report](bank_sn bank) { return names(report, bank); }))
      told.reports.push_back(report);
  for (const auto& [id, extension] : db.extensions)
    if (extension.rental == query.rental) told.extensions.push_back(extension);
  return told;
}

rental_stats answer(const memory_store& db, const load_rental_stats& query) {
  rental_stats stats;
  std::map<std::string, int> stations;
  for (const auto& [id, rental] : db.rentals) {
    if (!(rental.rider == query.rider) || !rental.started_at) continue;
    const bool is_completed = rental.status == rental_status::completed;
    ++stats.rentals;
    stats.completed += is_completed ? 1 : 0;
    stats.cancelled += rental.status == rental_status::cancelled ? 1 : 0;
    stats.on_time += is_completed && rental.on_time ? 1 : 0;
    stats.late += rental.status == rental_status::overdue || (is_completed && !rental.on_time) ? 1 : 0;
    if (rental.ended_at)
      stats.minutes_used += std::chrono::floor<minutes>(*rental.ended_at - *rental.started_at).count();
    stats.charged += charged_of(db, id);
    stats.late_fees += rental.late_fee_charged;
    for (const auto& [key, journal] : db.journals)
      if (is_reward_of(journal, id))
        for (const auto& line : journal.lines)
          stats.points_earned += line.code == "P200" ? line.credit : 0;
    stats.last_rental_at = std::max(stats.last_rental_at.value_or(timestamp{}), rental.created_at);
    if (++stations[rental.station_name] > stations[stats.favourite_station])
      stats.favourite_station = rental.station_name;
  }
  return stats;
}

rental_issue_page answer(const memory_store& db, const list_rental_issues& query) {
  rental_issue_page page;
  for (auto one = db.rental_issues.rbegin(); one != db.rental_issues.rend(); ++one) {
    const auto& issue = one->second;
    const bool is_meant = !issue.is_deleted && (!query.issue || issue.id == *query.issue) &&
                          (!query.rental || issue.rental == *query.rental) &&
                          (!query.reporter || issue.reporter == *query.reporter) &&
                          (!query.type || issue.type == *query.type) &&
                          (!query.is_resolved || issue.is_resolved == *query.is_resolved) &&
                          (!query.from || issue.reported_at >= *query.from) &&
                          (!query.until || issue.reported_at < *query.until);
    if (is_meant) page.issues.push_back(view_of(db, issue));
  }
  if (query.page > 0) page.total = static_cast<std::int64_t>(page.issues.size());
  return page;
}

rider_habits answer(const memory_store& db, const count_rider_habits& query) {
  rider_habits habits;
  for (const auto& [id, rental] : db.rentals) {
    const bool is_quick_return = rental.rider == query.rider && rental.started_at && rental.ended_at &&
                                 *rental.ended_at >= query.since &&
                                 rental.status == rental_status::cancelled &&
                                 rental.closure == closure_reason::user;
    habits.quick_returns += is_quick_return ? 1 : 0;
  }
  for (const auto& [key, swap] : db.swaps)
    habits.swaps += swap.rider == query.rider && swap.at >= query.since ? 1 : 0;
  return habits;
}

price_uses answer(const memory_store& db, const count_price_uses& query) {
  price_uses uses;
  std::set<user_id> riders;
  const auto count = [&](user_id rider, bool is_confirmed) {
    ++uses.uses;
    uses.confirmed += is_confirmed ? 1 : 0;
    riders.insert(rider);
  };
  if (query.table == price_table::packages) {
    for (const auto& [id, rental] : db.rentals)
      if (rental.package.id.value == query.id) count(rental.rider, rental.started_at.has_value());
    for (const auto& [id, extension] : db.extensions)
      if (extension.package.value == query.id) count(extension.created_by, true);
  }
  if (query.table == price_table::discounts) {
    for (const auto& [key, use] : db.discount_uses) {
      if (!(use.discount.value == query.id) || use.state == discount_use_state::released) continue;
      if (!query.rider.is_nil() && !(use.rider == query.rider)) continue;
      const bool is_confirmed = use.state == discount_use_state::confirmed;
      count(use.rider, is_confirmed);
      const auto rental = db.rentals.find(use.rental);
      if (!is_confirmed || rental == db.rentals.end()) continue;
      if (rental->second.package.model == payment_model::prepaid)
        uses.saved += rental->second.package.price - rental->second.price;
    }
  }
  uses.riders = static_cast<std::int64_t>(riders.size());
  return uses;
}

row_count answer(const memory_store& db, const count_free_ejections& query) {
  const auto is_meant = [&](const auto& entry) {
    const vendor_ejection& one = entry.second;
    return !one.is_released && one.vendor == query.vendor && one.station == query.station &&
           one.day == query.day;
  };
  return {std::count_if(db.vendor_ejections.begin(), db.vendor_ejections.end(), is_meant)};
}

revenue_page answer(const memory_store& db, const list_revenue&) {
  revenue_page page;
  page.sums.emplace();
  for (const auto& [key, shared] : db.distributions) {
    page.rows.push_back({shared, {}});
    ++page.sums->distributions;
    page.sums->amounts = page.sums->amounts + shared.amounts;
  }
  return page;
}

}  // namespace chautari::testing
