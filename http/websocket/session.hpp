#pragma once
/// The upgrade of an HTTP connection to a WebSocket session.

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <string>

#include "http/server/lane.hpp"

namespace chautari {

using upgrade_request = boost::beast::http::request<boost::beast::http::string_body>;

/// What the subprotocol header offered.
struct socket_offer {
  bool is_acceptable = true;         ///< False if subprotocols were offered and ours is not among them.
  bool names_protocol = false;       ///< chautari.v1 was offered and is to be confirmed.
  std::optional<std::string> token;  ///< From "bearer.<token>".
};
[[nodiscard]] socket_offer read_offer(std::string_view protocols);

/// Who comes through which address.
struct socket_arrival {
  const websocket_path& at;  ///< Of the door's options.
  std::string client_ip;
  socket_offer offer;
};

/// Takes the socket over; the session keeps itself alive and is a guest of the lane.
void start_session(io_lane& home, tcp_socket&& socket, upgrade_request&& request, socket_arrival arrival);

}  // namespace chautari
