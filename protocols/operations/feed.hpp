#pragma once
/// How the living network tells the operators' feed what happened.

#include <boost/json.hpp>
#include <string>
#include <utility>

#include "protocols/operations/network.hpp"

namespace chautari {

/// To every door. `data` names things (rental_code, bank_sn, slot, reason, action), never a person.
template <class Self>
void tell_operators(Self* self, const network& world, std::string kind, feed_severity severity,
                    station_id station, const boost::json::object& data = {}) {
  const operator_event event{world.ids.make<report_id>(), world.now(), std::move(kind), severity, station,
                             boost::json::serialize(data)};
  for (const auto& door : world.announce_to)
    self->send(door, event);
}

}  // namespace chautari
