#include "tests/support/mosquitto_fixture.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <string>

#include "protocols/base/check.hpp"

namespace chautari::testing {

std::uint16_t free_loopback_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  CHECK(socket >= 0);
  CHECK(::bind(socket, reinterpret_cast<const sockaddr*>(&address), size) == 0);
  CHECK(::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  ::close(socket);
  return ntohs(address.sin_port);
}

mosquitto::mosquitto(entrance how) : port_{free_loopback_port()} {
  std::string pattern = std::filesystem::temp_directory_path() / "chautari-mosquitto-XXXXXX";
  CHECK(::mkdtemp(pattern.data()) != nullptr);
  folder_ = pattern;
  std::ofstream conf{folder_ / "mosquitto.conf"};
  if (::geteuid() == 0) conf << "user root\n";
  conf << "listener " << port_ << " 127.0.0.1\n"
       << "allow_anonymous true\n"
       << "persistence true\npersistence_location " << folder_.string() << "/\n"
       << "connection_messages true\nlog_dest topic\nlog_type notice\nlog_timestamp true\n"
       << "queue_qos0_messages false\n";
  if (how == entrance::accounts) guard(conf);
}

/// The project's own rules and first file of accounts; the rights of `server` and `accounts` are nobody's
/// here, so the nameless get them.
void mosquitto::guard(std::ofstream& conf) const {
  const std::filesystem::path given = "config/mosquitto";
  std::ofstream rules{folder_ / "acl.conf"};
  rules << "topic readwrite /powerbank/#\ntopic read $SYS/broker/#\ntopic readwrite $CONTROL/#\n";
  std::ifstream acl{given / "acl.conf"};
  CHECK(acl.good());
  for (std::string line; std::getline(acl, line);) {
    if (line.starts_with("pattern ")) rules << line << '\n';
  }
  std::filesystem::copy_file(given / "accounts.json", folder_ / "accounts.json");
  conf << "acl_file " << (folder_ / "acl.conf").string() << '\n';
  for (const auto& library : std::filesystem::directory_iterator{"/usr/lib"}) {
    const auto plugin = library.path() / "mosquitto_dynamic_security.so";
    if (std::filesystem::exists(plugin)) conf << "plugin " << plugin.string() << '\n';
  }
  conf << "plugin_opt_config_file " << (folder_ / "accounts.json").string() << '\n';
}

mosquitto::~mosquitto() {
  kill();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void mosquitto::start() {
  CHECK(pid_ < 0);
  const std::string conf = folder_ / "mosquitto.conf";
  std::string program = "/usr/sbin/mosquitto", flag = "-c", path = conf;
  std::array<char*, 4> arguments{program.data(), flag.data(), path.data(), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const std::string log = folder_ / "log";
  posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  CHECK(posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments.data(), environ) == 0);
  posix_spawn_file_actions_destroy(&actions);
}

void mosquitto::end_with(int signal) {
  if (pid_ < 0) return;
  ::kill(pid_, signal);
  ::kill(pid_, SIGCONT);
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
}

void mosquitto::kill() { end_with(SIGKILL); }
void mosquitto::stop() { end_with(SIGTERM); }
void mosquitto::pause() { ::kill(pid_, SIGSTOP); }
void mosquitto::resume() { ::kill(pid_, SIGCONT); }

}  // namespace chautari::testing
