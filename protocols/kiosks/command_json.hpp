#pragma once
/// A command to a cabinet as operators read it, in answers and live.

#include <boost/json/object.hpp>

#include "protocols/kiosks/images.hpp"

namespace chautari {

/// {id, station_sn, kind, state, slot, bank_sn, reason, parameters, result, issued_by, created_at, sent_at,
/// replied_at, is_open, outcome}; what is not known is null. `station` empty: the cabinet is no station's.
[[nodiscard]] boost::json::object command_json(const command_image& command, const station_sn& station);

}  // namespace chautari
