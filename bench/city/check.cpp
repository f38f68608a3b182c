#include "bench/city/check.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <unordered_map>

#include "persistence/audit/audit.hpp"
#include "persistence/recovery/recover.hpp"

namespace city {
namespace {

/// The password of the one line of a passfile: host:port:database:user:password.
std::string password_in(const std::string& passfile) {
  std::ifstream in{passfile};
  std::string line;
  std::getline(in, line);
  const auto colon = line.rfind(':');
  return colon == std::string::npos ? std::string{} : line.substr(colon + 1);
}

/// "host=... port=... dbname=... user=... password=... passfile=..."; values without spaces.
chautari::database_settings parse_database(const std::string& text) {
  chautari::database_settings out;
  out.application_name = "city";
  std::istringstream words{text};
  for (std::string word; words >> word;) {
    const auto equals = word.find('=');
    if (equals == std::string::npos) throw std::runtime_error{"--database: expected key=value, not " + word};
    const auto key = word.substr(0, equals);
    const auto value = word.substr(equals + 1);
    if (key == "host") out.host = value;
    if (key == "port") out.port = static_cast<std::uint16_t>(std::stoi(value));
    if (key == "dbname") out.name = value;
    if (key == "user") out.user = value;
    if (key == "password") out.password = value;
    if (key == "passfile") out.password = password_in(value);
  }
  return out;
}

chautari::network_image read_network(const options& setup) {
  auto report = chautari::recover(parse_database(setup.database), chautari::timestamp{});
  if (!report.is_ready()) throw std::runtime_error{"the database cannot be read: " + report.problem};
  auto& stations = report.network.stations;
  std::sort(stations.begin(), stations.end(),
            [](const auto& a, const auto& b) { return a.facts.serial < b.facts.serial; });
  return std::move(report.network);
}

cabinet_body body_of(const chautari::recovered_station& station) {
  cabinet_body body;
  body.modem = station.facts.cabinet;
  body.serial = station.facts.serial;
  body.name = station.facts.name;
  body.is_in_service =
      !station.facts.is_maintenance && station.facts.is_approved && station.facts.opening_minute < 0;
  body.port_one_offset = station.facts.port_one_offset;
  body.slots.resize(static_cast<std::size_t>(station.facts.total_slots));
  for (const auto& seated : station.banks) {
    if (seated.slot < 1 || seated.slot > station.facts.total_slots) continue;
    body.slots[static_cast<std::size_t>(seated.slot) - 1] =
        bank{seated.serial, seated.battery < 0 ? 80 : static_cast<int>(seated.battery)};
  }
  return body;
}

}  // namespace

found_bodies read_bodies(const options& setup) {
  const auto network = read_network(setup);
  found_bodies found;
  for (const auto& station : network.stations) {
    if (found.bodies.size() == setup.cabinets) break;
    found.bodies.push_back(body_of(station));
  }
  if (found.bodies.empty()) throw std::runtime_error{"the database holds no stations: seed it first"};
  // Under load nobody finds what somebody else has lost: a seeded network may have thousands of them.
  for (const auto& out : network.rented_banks) {
    if (!setup.is_load() && out.status == chautari::bank_status::rented)
      found.strays.push_back({out.serial, 50});
  }
  return found;
}

std::vector<std::string> audit_database(const options& setup) {
  return chautari::audit(parse_database(setup.database));
}

std::vector<std::string> compare_with_database(const options& setup, const city_map& map) {
  auto sentences = audit_database(setup);
  std::unordered_map<std::uint32_t, std::pair<std::string, std::int32_t>> stored;
  for (const auto& station : read_network(setup).stations) {
    for (const auto& seated : station.banks)
      stored[seated.serial.value] = {station.facts.serial.text(), seated.slot};
  }
  for (const auto& place : map.cabinets) {
    for (std::size_t i = 0; i < place->body.slots.size(); ++i) {
      const auto& seated = place->body.slots[i];
      if (!seated) continue;
      const auto found = stored.find(seated->serial.value);
      const auto here = place->body.serial.text() + " slot " + std::to_string(i + 1);
      if (found == stored.end()) {
        sentences.push_back("bank " + seated->serial.text() + " sits in " + here +
                            ", but the database has it nowhere");
      } else if (found->second.first != place->body.serial.text() ||
                 found->second.second != static_cast<int>(i) + 1) {
        sentences.push_back("bank " + seated->serial.text() + " sits in " + here +
                            ", but the database has it in " + found->second.first + " slot " +
                            std::to_string(found->second.second));
      }
    }
  }
  return sentences;
}

}  // namespace city
