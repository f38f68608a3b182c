#include "tests/support/memory_fleet.hpp"

#include <algorithm>

namespace chautari::testing {
namespace {

template <class Map, class Matches>
row_count count_in(const Map& map, Matches matches) {
  return {std::count_if(map.begin(), map.end(), [&](const auto& entry) { return matches(entry.second); })};
}

issue_view view_of(const memory_store& db, const station_issue_image& issue) {
  issue_view view{issue, {}, {}, {}, {}};
  if (const auto station = db.stations.find(issue.station); station != db.stations.end()) {
    view.station_serial = station->second.serial;
    view.station_name = station->second.name;
  }
  if (const auto rider = db.users.find(issue.reporter); rider != db.users.end())
    view.reporter_name = rider->second.username;
  const auto assignee = db.operators.find(issue.assigned_to.value_or(operator_id{}));
  if (assignee != db.operators.end()) view.assignee_email = assignee->second.email;
  return view;
}

bank_row row_of(const memory_store& db, const bank_image& bank) {
  bank_row row{bank, {}, {}, {}};
  if (const auto station = db.stations.find(bank.station); station != db.stations.end()) {
    row.station_serial = station->second.serial;
    row.station_name = station->second.name;
  }
  if (const auto rental = db.rentals.find(bank.rental); rental != db.rentals.end())
    row.rental_code = rental->second.code;
  return row;
}

}  // namespace

row_count answer(const memory_store& db, const count_open_rentals_at& query) {
  return count_in(db.rentals, [&](const rental_image& rental) {
    return rental.station == query.station && is_open(rental.status);
  });
}

row_count answer(const memory_store& db, const count_amenity_uses& query) {
  return count_in(db.stations, [&](const station_image& station) {
    return !station.is_deleted && station.amenities.find(query.amenity.text()) != std::string::npos;
  });
}

issue_lookup answer(const memory_store& db, const load_issue& query) {
  const auto found = db.issues.find(query.issue);
  if (found == db.issues.end()) return {};
  issue_lookup lookup{view_of(db, found->second), {}};
  const auto rider = db.users.find(found->second.reporter);
  if (rider != db.users.end()) lookup.reporter = rider->second;
  return lookup;
}

issue_lookup answer(const memory_store& db, const find_open_report& query) {
  for (const auto& [id, issue] : db.issues) {
    const bool is_same =
        issue.reporter == query.reporter && issue.station == query.station && issue.type == query.type;
    const bool is_open = issue.status != issue_status::resolved && !issue.is_deleted;
    if (is_same && is_open && issue.reported_at > query.since) return {view_of(db, issue), {}};
  }
  return {};
}

issue_page answer(const memory_store& db, const list_issues& query) {
  issue_page page;
  for (auto one = db.issues.rbegin(); one != db.issues.rend(); ++one) {
    const auto& issue = one->second;
    const bool is_meant = !issue.is_deleted && (!query.status || issue.status == *query.status) &&
                          (!query.reporter || issue.reporter == *query.reporter) &&
                          (!query.station || issue.station == *query.station);
    if (is_meant) page.issues.push_back(view_of(db, issue));
  }
  return page;
}

bank_page answer(const memory_store& db, const list_banks& query) {
  bank_page page;
  for (const auto& [id, bank] : db.banks) {
    if (!query.status || bank.status == *query.status) page.banks.push_back(row_of(db, bank));
  }
  page.total = static_cast<std::int64_t>(page.banks.size());
  return page;
}

bank_story answer(const memory_store& db, const show_bank& query) {
  bank_story story;
  for (const auto& [id, bank] : db.banks) {
    if (id.text() == query.key || bank.serial.text() == query.key) story.bank = row_of(db, bank);
  }
  return story;
}

bank_rentals answer(const memory_store& db, const list_bank_rentals& query) {
  bank_rentals page;
  for (const auto& [id, rental] : db.rentals) {
    if (rental.bank == query.bank) page.rentals.push_back(rental);
  }
  return page;
}

}  // namespace chautari::testing
