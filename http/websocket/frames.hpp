#pragma once
/// The frames of the WebSocket protocol "chautari.v1", as text. No socket here.

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/websocket/topic_hub.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

enum class client_verb : std::uint8_t { auth, subscribe, unsubscribe, resume };

/// What a client may say.
struct client_frame {
  client_verb verb = client_verb::auth;
  std::string token = {};        ///< auth
  std::string id_json = "null";  ///< subscribe, unsubscribe: echoed as it came (a number or a short text)
  std::vector<std::string> topics = {};  ///< subscribe, unsubscribe, resume (one)
  std::uint64_t revision = 0;            ///< resume
  boost::json::object extras = {};  ///< subscribe, resume: the whole frame, for what one topic alone knows
};
/// Nothing if it is no frame of the protocol.
[[nodiscard]] std::optional<client_frame> parse_client_frame(std::string_view text);

struct refused_topic {
  std::string topic;
  std::string code;
};

[[nodiscard]] std::string welcome_frame(timestamp server_time, seconds heartbeat);
[[nodiscard]] std::string subscribed_frame(std::string_view id_json, const std::vector<std::string>& topics,
                                           const std::vector<refused_topic>& refused);
[[nodiscard]] std::string snapshot_frame(std::string_view topic, const topic_snapshot& state);
[[nodiscard]] std::string event_frame(std::string_view topic, const topic_event& what, bool is_merged);
[[nodiscard]] std::string event_frame(std::string_view topic, std::uint64_t revision,
                                      const personal_state& what, bool is_merged);
/// `topic` may be empty.
[[nodiscard]] std::string error_frame(std::string_view code, std::string_view message,
                                      std::string_view topic = {});

}  // namespace chautari
