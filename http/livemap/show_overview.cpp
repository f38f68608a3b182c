#include <boost/json.hpp>
#include <cmath>

#include "http/kiosks/command_json.hpp"
#include "http/livemap/livemap_door.hpp"
#include "http/operations/refusals.hpp"
#include "protocols/base/refusal.hpp"

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

void answer_overview(exchange& in, const station_overview& found, bool is_online, const command_page& page) {
  const auto now = in.now();
  json::array commands;
  for (const auto& row : page.rows)
    commands.push_back(command_json(row.command, row.station_serial));
  in.answer(json::serialize(
      json::object{{"rentals_out", document(found.rentals_out)},
                   {"overdue", found.overdue},
                   {"revenue_today", to_text(found.revenue_today)},
                   {"uptime_24h", rounded(uptime_share(found.changes, is_online, now - day, now))},
                   {"uptime_7d", rounded(uptime_share(found.changes, is_online, now - week, now))},
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
  const bool is_online = station->view.status() == station_status::online;
  in.ask<station_overview>(
      door.everybody().reader, load_overview{facts.id, facts.cabinet, day_begin(in.now()), in.now() - week},
      [&door, serial, is_online, refused](exchange& out, const station_overview& found) {
        list_commands last;
        last.station = serial;
        last.limit = commands_shown;
        out.ask<command_page>(
            door.everybody().reader, last,
            [found, is_online](exchange& end, const command_page& page) {
              answer_overview(end, found, is_online, page);
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
