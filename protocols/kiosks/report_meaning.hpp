#pragma once
/// What a cabinet said, as whoever hunts a fault reads it: the bytes, and one sentence of what they mean.

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "protocols/kiosks/images.hpp"

namespace chautari {

/// Two lower-case digits a byte.
[[nodiscard]] std::string hex_of(const std::vector<std::uint8_t>& bytes);

/// One English sentence, whatever the bytes are. Slots are numbered as the cabinet's board does it.
[[nodiscard]] std::string meaning_of(const cabinet_report& report);

/// {received_at, door, frame, raw_hex, meaning}; `frame` is "0x40", or null if it was unreadable.
[[nodiscard]] boost::json::object report_json(const cabinet_report& report);

}  // namespace chautari
