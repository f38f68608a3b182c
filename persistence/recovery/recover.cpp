#include "persistence/recovery/recover.hpp"

#include <algorithm>
#include <unordered_map>

#include "persistence/base/copy_out.hpp"
#include "persistence/base/json_row.hpp"
#include "persistence/kiosks/rows.hpp"
#include "persistence/operators/rows.hpp"
#include "persistence/payments/rows.hpp"
#include "persistence/pricing/rows.hpp"
#include "persistence/rentals/rows.hpp"
#include "persistence/sql_texts.hpp"
#include "persistence/stations/rows.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

/// Where each station is in the image. Rows of one station mostly follow each other: the last one is tried
/// first.
class station_index {
public:
  explicit station_index(std::vector<recovered_station>& stations) : stations_{stations} {
    places_.reserve(stations.size());
    for (std::size_t at = 0; at < stations.size(); ++at)
      places_.emplace(stations[at].facts.id, at);
  }

  recovered_station* find(station_id id) {
    if (last_ < stations_.size() && stations_[last_].facts.id == id) return &stations_[last_];
    const auto found = places_.find(id);
    if (found == places_.end()) return nullptr;
    last_ = found->second;
    return &stations_[last_];
  }

private:
  std::vector<recovered_station>& stations_;
  std::unordered_map<station_id, std::size_t> places_;
  std::size_t last_ = 0;
};

template <class Value>
Value known_word(const std::optional<Value>& value) {
  if (!value) throw schema_mismatch{"a word of an enum is unknown"};
  return *value;
}

recovered_station read_station(const copied_row& row) {
  recovered_station station;
  auto& facts = station.facts;
  facts.id = station_id{row.uuid(0)};
  facts.serial = station_sn{std::string{row.text(1)}};
  facts.cabinet = imei{std::string{row.text(2)}};
  facts.name = row.text(3);
  facts.address = row.text(4);
  facts.landmark = row.text(5);
  facts.description = row.text(6);
  facts.latitude = row.real(7);
  facts.longitude = row.real(8);
  facts.total_slots = row.small(9);
  facts.opening_minute = row.small(10);
  facts.closing_minute = row.small(11);
  facts.is_maintenance = row.flag(12);
  facts.is_approved = row.flag(13);
  facts.media = row.text(14);
  facts.amenities = row.text(15);
  station.state.station = facts.id;
  station.state.is_online = row.flag(16);
  station.state.last_seen_at = row.time(17);
  station.state.online_since = row.time(18);
  station.state.hardware = row.text(19);
  facts.created_at = row.time(20);
  facts.port_one_offset = row.small(21);
  station.slots.reserve(static_cast<std::size_t>(facts.total_slots));
  return station;
}

slot_image read_slot(const copied_row& row) {
  slot_image slot;
  slot.station = station_id{row.uuid(0)};
  slot.number = row.small(1);
  slot.status = known_word(parse_slot_status(row.text(2)));
  slot.device_code = row.small(3);
  slot.battery = row.small(4);
  slot.temperature = row.small(5);
  slot.voltage = row.small(6);
  slot.current = row.small(7);
  slot.sensors = row.small(8);
  slot.faults_in_a_row = row.small(9);
  slot.is_disabled = row.flag(10);
  slot.updated_at = row.time(11);
  return slot;
}

bank_image read_bank(const copied_row& row) {
  bank_image bank;
  bank.id = bank_id{row.uuid(0)};
  bank.serial = bank_sn{static_cast<std::uint32_t>(row.number(1))};
  bank.status = known_word(parse_bank_status(row.text(2)));
  bank.battery = row.small(3);
  bank.cycles = row.small(4);
  bank.rentals = row.small(5);
  bank.ejections = row.small(6);
  bank.station = station_id{row.uuid(7)};
  bank.slot = row.is_null(8) ? 0 : row.small(8);
  bank.rental = rental_id{row.uuid(9)};
  return bank;
}

template <class Each>
void read_json(std::string_view text, Each each) {
  boost::system::error_code failed;
  const auto value = boost::json::parse({text.data(), text.size()}, failed);
  if (failed || !value.is_object()) throw schema_mismatch{"a row is no JSON object"};
  each(json_row{value.get_object()});
}

/// Copies rows of one JSON column each.
template <class Each>
void copy_json(database_connection& database, const sql::text& statement, Each each) {
  copy_out(database, statement, [&](const copied_row& row) { read_json(row.text(0), each); });
}

void read_stations(database_connection& database, network_image& network) {
  copy_out(database, sql::recovery_stations,
           [&](const copied_row& row) { network.stations.push_back(read_station(row)); });
  station_index index{network.stations};
  copy_out(database, sql::recovery_slots, [&](const copied_row& row) {
    if (auto* station = index.find(station_id{row.uuid(0)})) station->slots.push_back(read_slot(row));
  });
  copy_out(database, sql::recovery_seated_banks, [&](const copied_row& row) {
    if (auto* station = index.find(station_id{row.uuid(7)})) station->banks.push_back(read_bank(row));
  });
  for (auto& station : network.stations) {
    std::sort(station.slots.begin(), station.slots.end(),
              [](const auto& a, const auto& b) { return a.number < b.number; });
    std::sort(station.banks.begin(), station.banks.end(),
              [](const auto& a, const auto& b) { return a.slot < b.slot; });
  }
}

void read_rentals(database_connection& database, network_image& network) {
  copy_json(database, sql::recovery_open_rentals,
            [&](const json_row& row) { network.open_rentals.push_back(read_rental(row)); });
  copy_out(database, sql::recovery_rented_banks,
           [&](const copied_row& row) { network.rented_banks.push_back(read_bank(row)); });
  copy_json(database, sql::recovery_open_commands,
            [&](const json_row& row) { network.open_commands.push_back(read_command(row)); });
  copy_json(database, sql::recovery_live_intents,
            [&](const json_row& row) { network.live_intents.push_back(read_intent(row)); });
}

void read_prices_and_users(database_connection& database, network_image& network, timestamp now) {
  copy_json(database, sql::recovery_packages,
            [&](const json_row& row) { network.prices.packages.push_back(read_package(row)); });
  copy_json(database, sql::recovery_late_fees, [&](const json_row& row) {
    const auto& known = network.prices.late_fees.emplace_back(read_configuration(row));
    if (known.is_active) network.prices.active_late_fee = known.terms;
  });
  copy_json(database, sql::recovery_discounts,
            [&](const json_row& row) { network.prices.discounts.push_back(read_discount(row)); });
  copy_json(database, sql::recovery_partners,
            [&](const json_row& row) { network.prices.partners.push_back(read_partner(row)); });
  copy_json(database, sql::recovery_station_partners, [&](const json_row& row) {
    network.prices.station_partners.push_back(read_station_partner(row));
  });
  copy_out(database, sql::recovery_barred_users,
           [&](const copied_row& row) { network.barred_users.push_back(user_id{row.uuid(0)}); });
  const auto since = to_rfc3339(now - limits::revocations_kept);
  for (const auto& row : database.ask(sql::recovery_revoked_sessions, {{"since", since}})) {
    const auto id = session_id::parse(std::string_view{row}.substr(0, 36));
    const auto at = row.size() > 37 ? parse_rfc3339(std::string_view{row}.substr(37)) : std::nullopt;
    if (!id || !at) throw schema_mismatch{"a revoked session cannot be read"};
    network.revoked_sessions.push_back({*id, *at});
  }
}

void read_operators(database_connection& database, network_image& network, timestamp now) {
  copy_json(database, sql::recovery_operators,
            [&](const json_row& row) { network.operators.operators.push_back(read_operator(row)); });
  for (const auto& text : database.ask(sql::recovery_operator_sessions, {{"now", to_rfc3339(now)}}))
    read_json(text,
              [&](const json_row& row) { network.operators.sessions.push_back(read_operator_session(row)); });
  copy_json(database, sql::recovery_amenities,
            [&](const json_row& row) { network.amenities.push_back(read_amenity(row)); });
}

}  // namespace

recovery_report recover(const database_settings& settings, timestamp now) {
  recovery_report report;
  try {
    database_connection database{settings, session_kind::reading};
    database.run_script(sql::recovery_begin.body);
    read_stations(database, report.network);
    read_rentals(database, report.network);
    read_prices_and_users(database, report.network, now);
    read_operators(database, report.network, now);
    database.run_script(sql::recovery_end.body);
  } catch (const database_error& error) {
    report.problem = error.what();
  } catch (const schema_mismatch& error) {
    report.problem = error.what();
  }
  return report;
}

std::optional<timestamp> newest_record_at(const database_settings& settings) {
  database_connection database{settings, session_kind::reading};
  database.open();
  const auto found = database.ask(sql::recovery_newest_record);
  if (found.empty()) return {};
  return timestamp{milliseconds{std::stoll(found.front())}};
}

}  // namespace chautari
