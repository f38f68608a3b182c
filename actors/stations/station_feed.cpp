/// What people are told of a station's surprises: the cabinet's log, the log of the server, the operators'
/// feed.
#include <boost/json.hpp>

#include "actors/stations/feed_rules.hpp"
#include "actors/stations/station_actor.hpp"
#include "protocols/operations/feed.hpp"

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

}  // namespace chautari
