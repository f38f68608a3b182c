#pragma once
/// A real mosquitto of a test's own: a random loopback port, a folder of its own, killed at the end.

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <iosfwd>

namespace chautari::testing {

class mosquitto {
public:
  /// `accounts`: as in config/mosquitto; whoever names himself needs an account of the dynamic-security
  /// plugin and may do what acl.conf says of cabinets; whoever does not is the server, and may change
  /// accounts.
  enum class entrance : std::uint8_t { open, accounts };

  /// Chooses the port; starts nothing yet.
  explicit mosquitto(entrance how = entrance::open);
  ~mosquitto();
  mosquitto(const mosquitto&) = delete;
  mosquitto& operator=(const mosquitto&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Configuration, log and the accounts it saved.
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  /// Does not wait until it listens: clients try again.
  void start();
  /// SIGKILL, as a crash would; its sessions are gone unless it saved them.
  void kill();
  /// SIGTERM: saves its sessions.
  void stop();
  /// SIGSTOP: the socket stays open and nobody reads it.
  void pause();
  void resume();

private:
  void end_with(int signal);
  void guard(std::ofstream& conf) const;

  std::filesystem::path folder_;
  std::uint16_t port_ = 0;
  pid_t pid_ = -1;
};

/// A port nobody listens on at the moment.
[[nodiscard]] std::uint16_t free_loopback_port();

}  // namespace chautari::testing
