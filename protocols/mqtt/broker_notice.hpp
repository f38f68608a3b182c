#pragma once
/// What the broker says about its clients on $SYS/broker/log/N, read back into facts.

#include <optional>
#include <string_view>

#include "protocols/base/ids.hpp"

namespace chautari {

inline constexpr std::string_view broker_notice_topic = "$SYS/broker/log/N";

/// A cabinet came or went.
struct broker_notice {
  imei cabinet;
  bool is_connected = false;

  friend bool operator==(const broker_notice&, const broker_notice&) = default;
};

/// Reads one notice in mosquitto 2.0's words, with or without the time in front:
///   "New client connected from 10.0.0.1:4711 as 860000000000011 (p2, c1, k60, u'cabinet')."
///   "Client 860000000000011 closed its connection."
/// Nothing for clients whose id is not an imei, and for everything else the broker says; in particular for
/// "already connected, closing old connection": the session lives on under its new socket.
[[nodiscard]] std::optional<broker_notice> parse_broker_notice(std::string_view text);

}  // namespace chautari
