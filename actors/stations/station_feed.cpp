/// What people are told of a station's surprises: the cabinet's log, the log of the server, the operators'
/// feed, operators who look inside; and what riders are shown of amenities.
#include <boost/json.hpp>

#include "actors/stations/feed_rules.hpp"
#include "actors/stations/station_actor.hpp"
#include "protocols/operations/feed.hpp"
#include "protocols/stations/amenity_json.hpp"

namespace chautari {

void station_state::note(record& entry, const stock_event& event, timestamp at) const {
  boost::json::object data{{"station", facts.serial.value}, {"slot", event.slot}};
  if (!event.bank.is_nil()) data["bank"] = event.bank.text();
  if (event.code != 0) data["code"] = event.code;
  entry.add(cabinet_log_entry{facts.cabinet, at, world->now(), event.kind, boost::json::serialize(data)});
  log_event(world->log, log_level::warning, event.kind, "Stock is not what it was believed to be",
            {{"station", facts.serial.value},
             {"imei", facts.cabinet.value},
             {"bank", event.bank.text()},
             {"slot", std::to_string(event.slot)},
             {"code", std::to_string(event.code)}});
}

void station_state::tell_feed(const stock_change& change) const {
  for (const auto& line : feed_of(stock, change)) {
    boost::json::object data{{"slot", line.slot}};
    if (!line.bank.is_nil()) data["bank_sn"] = line.bank.text();
    if (line.code != 0) data["code"] = line.code;
    tell_operators(self, *world, line.kind, line.severity, facts.id, data);
  }
}

void station_state::tell_connectivity() const {
  tell_operators(self, *world, is_online ? "station.online" : "station.offline",
                 is_online ? feed_severity::info : feed_severity::warning, facts.id);
}

station_inside station_state::inside() const {
  station_inside seen{facts, is_online, last_seen_at, status_since, stock.snapshot_at, hardware, {}, {}};
  for (const auto& slot : stock.slots)
    seen.slots.push_back(image_of(slot, facts.id));
  for (const auto& bank : stock.banks)
    seen.banks.push_back(image_of(bank, facts.id));
  return seen;
}

void station_state::rename_amenity(const amenity_changed& news) {
  auto amenities = refresh_amenities(facts.amenities, {news.amenity});
  if (amenities == facts.amenities) return;
  // Not stored: at the next start every station takes the names from the list of amenities again.
  facts.amenities = std::move(amenities);
  shown = 0;
  announce();
}

}  // namespace chautari
