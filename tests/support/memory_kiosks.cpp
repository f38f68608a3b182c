#include "tests/support/memory_kiosks.hpp"

#include <algorithm>

namespace chautari::testing {
namespace {

const station_image* station_of(const memory_store& db, const imei& cabinet) {
  const auto found = std::find_if(db.stations.begin(), db.stations.end(),
                                  [&](const auto& entry) { return entry.second.cabinet == cabinet; });
  return found == db.stations.end() || found->second.is_deleted ? nullptr : &found->second;
}

command_row row_of(const memory_store& db, const command_image& command) {
  const auto* station = station_of(db, command.cabinet);
  if (station == nullptr) return {command, {}, {}};
  return {command, station->id, station->serial};
}

template <class Time>
bool is_within(timestamp at, const Time& from, const Time& until) {
  return at >= from && at < until;
}

/// From the newest on; the test doubles page by number only.
template <class Rows>
void cut_page(Rows& rows, std::int32_t page, std::int32_t limit) {
  std::reverse(rows.begin(), rows.end());
  const auto size = static_cast<std::size_t>(std::max(1, limit));
  const auto skipped = std::min(rows.size(), page > 0 ? (static_cast<std::size_t>(page) - 1) * size : 0);
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(skipped));
  if (rows.size() > size) rows.resize(size);
}

}  // namespace

command_precedent answer(const memory_store& db, const look_for_command& query) {
  command_precedent past;
  if (const auto same = db.commands.find(query.id); same != db.commands.end()) past.same = same->second;
  for (const auto& [id, command] : db.commands) {
    const bool is_restart = command.cabinet == query.cabinet && command.kind == command_kind::reboot &&
                            command.state != command_state::failed && command.sent_at &&
                            command.created_at >= query.since;
    if (is_restart) past.rebooted_at = std::max(past.rebooted_at.value_or(timestamp{}), *command.sent_at);
  }
  return past;
}

command_lookup answer(const memory_store& db, const load_command& query) {
  const auto found = db.commands.find(query.id);
  return found == db.commands.end() ? command_lookup{} : command_lookup{row_of(db, found->second)};
}

command_page answer(const memory_store& db, const list_commands& query) {
  command_page page;
  for (const auto& [id, command] : db.commands) {
    const auto row = row_of(db, command);
    const bool is_wanted = (!query.station || row.station_serial == *query.station) &&
                           (!query.is_operators_only || !command.parameters.empty()) &&
                           is_within(command.created_at, query.from.value_or(timestamp{}),
                                     query.until.value_or(timestamp::max()));
    if (is_wanted) page.rows.push_back(row);
  }
  if (query.page > 0) page.total = static_cast<std::int64_t>(page.rows.size());
  cut_page(page.rows, query.page, query.limit);
  return page;
}

cabinet_report_page answer(const memory_store& db, const list_cabinet_reports& query) {
  cabinet_report_page page;
  for (const auto& [id, report] : db.reports) {
    const auto* station = station_of(db, report.cabinet);
    const auto serial = station == nullptr ? station_sn{} : station->serial;
    if (query.station && !(serial == *query.station)) continue;
    if (is_within(report.received_at, query.from, query.until)) page.rows.push_back({report, serial});
  }
  cut_page(page.rows, query.page, query.limit);
  return page;
}

kiosk_past answer(const memory_store& db, const load_kiosk& query) {
  kiosk_past past;
  if (const auto* station = station_of(db, query.cabinet)) {
    past.station = station->id;
    past.station_serial = station->serial;
    past.station_name = station->name;
    past.total_slots = station->total_slots;
    if (const auto state = db.station_states.find(station->id); state != db.station_states.end()) {
      past.was_online = state->second.is_online;
      past.last_seen_at = state->second.last_seen_at;
    }
  }
  for (const auto& [id, command] : db.commands) {
    if (command.cabinet == query.cabinet && is_open(command.state)) past.open_commands.push_back(command);
  }
  return past;
}

cabinet_explanation answer(const memory_store& db, const load_cabinet_explanation& query) {
  cabinet_explanation told;
  for (const auto& entry : db.cabinet_log)
    if (entry.cabinet == query.cabinet && is_within(entry.recorded_at, query.from, query.until))
      told.log.push_back(entry);
  for (const auto& [id, command] : db.commands)
    if (command.cabinet == query.cabinet && is_within(command.created_at, query.from, query.until))
      told.commands.push_back(command);
  for (const auto& [id, report] : db.reports)
    if (report.cabinet == query.cabinet && is_within(report.received_at, query.from, query.until))
      told.reports.push_back(report);
  for (const auto& change : db.status_changes)
    if (change.station == query.station && is_within(change.changed_at, query.from, query.until))
      told.status.push_back(change);
  cut_page(told.log, 0, query.limit);
  cut_page(told.commands, 0, query.limit);
  cut_page(told.reports, 0, query.limit);
  cut_page(told.status, 0, query.limit);
  return told;
}

stranger_page answer(const memory_store& db, const list_strangers& query) {
  stranger_page page;
  for (const auto& [cabinet, stranger] : db.strangers) {
    const bool is_found = cabinet.value.find(query.search) != std::string::npos ||
                          stranger.sim.find(query.search) != std::string::npos ||
                          stranger.address.find(query.search) != std::string::npos;
    if (is_found && (!query.state || stranger.state == *query.state)) page.strangers.push_back(stranger);
  }
  page.total = static_cast<std::int64_t>(page.strangers.size());
  std::stable_sort(page.strangers.begin(), page.strangers.end(),
                   [](const auto& a, const auto& b) { return a.last_seen_at < b.last_seen_at; });
  cut_page(page.strangers, query.page, query.limit);
  return page;
}

registry_entry answer(const memory_store& db, const load_registry_entry& query) {
  registry_entry entry;
  if (const auto account = db.broker_accounts.find(query.cabinet); account != db.broker_accounts.end())
    entry.account = account->second;
  if (const auto stranger = db.strangers.find(query.cabinet); stranger != db.strangers.end())
    entry.stranger = stranger->second;
  if (const auto* station = station_of(db, query.cabinet)) entry.station = station->id;
  return entry;
}

}  // namespace chautari::testing
