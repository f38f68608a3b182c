#pragma once
/// A station's inside as operators read it.

#include <boost/json/array.hpp>

#include "protocols/stations/management.hpp"

namespace chautari {

/// [{number,status,battery,temperature,device_code,sensors,faults_in_a_row,is_disabled,bank_sn,updated_at}];
/// what nobody knows is null.
[[nodiscard]] boost::json::array slots_json(const station_inside& station);

}  // namespace chautari
