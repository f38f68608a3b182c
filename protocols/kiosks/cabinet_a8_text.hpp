#pragma once
/// The two kinds of frame whose data is text: heartbeat (0x7A) and Wi-Fi scan (0xCF).

#include <optional>
#include <string>
#include <string_view>

#include "protocols/kiosks/cabinet_a8.hpp"

namespace chautari {

/// Reads `CSQ:21;BP:3`. Total: whatever it does not know stays in `rest`, because any heartbeat is a sign of
/// life.
[[nodiscard]] heartbeat parse_heartbeat(std::uint8_t board, std::string_view text);
[[nodiscard]] std::string heartbeat_text(const heartbeat& beat);

/// Reads a JSON array of names; nothing if it is not one. Elements that are no text, names longer than
/// a8_wifi_name_bytes_max and all after a8_wifi_names_max are left out.
[[nodiscard]] std::optional<wifi_list> parse_wifi_list(std::string_view text);
[[nodiscard]] std::string wifi_text(const wifi_list& list);

/// The same text with every byte that is not part of well-formed UTF-8 replaced by U+FFFD.
[[nodiscard]] std::string repair_utf8(std::string_view text);

}  // namespace chautari
