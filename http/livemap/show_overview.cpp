#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "http/livemap/livemap_door.hpp"
#include "http/operations/refusals.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/kiosks/command_json.hpp"

namespace chautari {
namespace {

namespace json = boost::json;

constexpr std::int32_t commands_shown = 10;
constexpr hours day{24};
constexpr hours week{7 * 24};

timestamp day_begin(timestamp now) { return timestamp{std::chrono::days{business_day(now)}} - nepal_offset; }

/// A share of 0..1 to four digits.
double rounded(double share) { return std::round(share * 1e4) / 1e4; }

json::value document(const std::string& text) {
  boost::system::error_code malformed;
  auto parsed = json::parse(text, malformed);
  return malformed ? json::value(json::array{}) : parsed;
}

/// What the door knows of the station already.
struct known_station {
  bool is_online = false;
  timestamp created_at;
};

void answer_overview(exchange& in, const station_overview& found, const known_station& known,
                     const command_page& page) {
  const auto now = in.now();
  // A station that is younger than the window was not down before it existed.
  const auto up_since = [&](milliseconds window) {
    return rounded(
        uptime_share(found.changes, known.is_online, std::max(now - window, known.created_at), now));
  };
  json::array commands;
  for (const auto& row : page.rows)
    commands.push_back(command_json(row.command, row.station_serial));
  in.answer(json::serialize(json::object{{"rentals_out", document(found.rentals_out)},
                                         {"overdue", found.overdue},
                                         {"revenue_today", to_text(found.revenue_today)},
                                         {"uptime_24h", up_since(day)},
                                         {"uptime_7d", up_since(week)},
                                         {"events", document(found.events)},
                                         {"commands", std::move(commands)},
                                         {"issues", document(found.issues)}}));
}

void show(exchange& in, const livemap_door& door) {
  const station_sn serial{std::string{in.path_text("sn")}};
  const auto* station = door.stations(in).find_any(serial);
  if (station == nullptr) return answer_refusal(in, refuse(station_refusal::station_not_found));
  const auto& facts = station->view.facts;
  const auto refused = [](exchange& out, const caf::error& why) { answer_refusal(out, why); };
  const known_station known{station->view.status() == station_status::online, facts.created_at};
  in.ask<station_overview>(
      door.everybody().reader, load_overview{facts.id, facts.cabinet, day_begin(in.now()), in.now() - week},
      [&door, serial, known, refused](exchange& out, const station_overview& found) {
        list_commands last;
        last.station = serial;
        last.limit = commands_shown;
        out.ask<command_page>(
            door.everybody().reader, last,
            [found, known](exchange& end, const command_page& page) {
              answer_overview(end, found, known, page);
            },
            refused);
      },
      refused);
}

}  // namespace

endpoint station_overview_row(const livemap_door& door) {
  return {
      .path = "/api/admin/stations/{sn}/overview",
      .who = access::admin_access,
      .summary = "What happened at a station lately; uptimes are shares of 0..1, events its cabinet's log",
      .handle = [&door](exchange& in) { show(in, door); },
      .wants = {{permission::stations, need::read}}};
}

}  // namespace chautari
