#include "protocols/mqtt/prompt_sockets.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <charconv>
#include <filesystem>
#include <system_error>

namespace chautari {
namespace {

/// The port at the other end; 0 if the descriptor is no connected TCP socket.
std::uint16_t peer_port(int descriptor) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  if (::getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &size) != 0) return 0;
  if (peer.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in*>(&peer)->sin_port);
  if (peer.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6*>(&peer)->sin6_port);
  return 0;
}

}  // namespace

int make_sockets_prompt(std::uint16_t port) {
  int prompt = 0;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator{"/proc/self/fd", failed}) {
    const auto name = entry.path().filename().string();
    int descriptor = -1;
    std::from_chars(name.data(), name.data() + name.size(), descriptor);
    if (descriptor < 0 || peer_port(descriptor) != port) continue;
    const int on = 1;
    if (::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0) ++prompt;
  }
  return prompt;
}

}  // namespace chautari
