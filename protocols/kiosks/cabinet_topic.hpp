#pragma once
/// Where cabinets and server meet on the broker: `/powerbank/<imei>/user/<channel>`, the leading slash
/// included.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/ids.hpp"

namespace chautari {

/// What a cabinet publishes. The server never does: a cabinet that hears a foreign heart beat is confused by
/// it.
enum class cabinet_channel : std::uint8_t {
  update,  ///< Replies and returns.
  heart,   ///< Heartbeats; the cabinet listens to its own and reboots after two misses.
  upload,  ///< Named in one document, never seen; read as update.
};
[[nodiscard]] std::string_view to_string(cabinet_channel channel);

struct cabinet_topic {
  imei cabinet;
  cabinet_channel channel = cabinet_channel::update;

  friend bool operator==(const cabinet_topic&, const cabinet_topic&) = default;
};

inline constexpr std::size_t imei_digits_max = 20;
/// 1..20 decimal digits, nothing else.
[[nodiscard]] std::optional<imei> parse_imei(std::string_view text);

/// Reads a topic a cabinet published on; nothing for any other text.
[[nodiscard]] std::optional<cabinet_topic> parse_cabinet_topic(std::string_view topic);

/// The topic on which a cabinet publishes.
[[nodiscard]] std::string topic_of(const imei& cabinet, cabinet_channel channel);
/// The topic on which a cabinet takes commands; the only one the server publishes on.
[[nodiscard]] std::string command_topic(const imei& cabinet);

/// What the server subscribes to, after every connect.
inline constexpr std::array<std::string_view, 3> cabinet_subscriptions{
    "/powerbank/+/user/update", "/powerbank/+/user/heart", "/powerbank/+/user/upload"};
/// The same for one of several servers: "$share/<group>//powerbank/...", with both slashes.
[[nodiscard]] std::string shared_subscription(std::string_view group, std::string_view subscription);

}  // namespace chautari
