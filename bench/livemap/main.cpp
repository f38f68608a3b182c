/// How live the live topics are. Cabinets change their stock through the broker; sockets listen; the time
/// from a cabinet's word to the socket that shows it is taken in this process, by one clock. "ready" is
/// printed when every socket has its first snapshot, "stuck" when the slow ones have not read for a while: a
/// script looks at the server then.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <cstdio>
#include <exception>
#include <fstream>
#include <span>

#include "bench/livemap/cabinets.hpp"
#include "bench/livemap/live_socket.hpp"
#include "bench/livemap/tokens.hpp"

namespace livemap {
namespace {

using namespace std::chrono_literals;

/// Sockets that shake hands at once.
constexpr std::size_t opening_max = 100;
constexpr auto open_within = 120s;
/// The server closes whoever takes nothing for 10 s.
constexpr auto stuck_for = 8s;
constexpr auto closed_after = 10s;

struct options {
  kiosk_events::broker_account broker;
  std::string password_file;
  std::uint16_t port = 8080;
  std::string operators;  ///< File; empty: riders.
  std::string keys_dir;
  std::size_t cabinets = 2'000;
  double changes_per_second = 500;
  std::size_t sockets = 200;
  std::size_t slow = 0;
  int seconds = 20;
};

/// What the sockets heard while it counted.
struct tally {
  bool is_on = false;
  std::size_t frames = 0;
  std::size_t bytes = 0;
  std::vector<double> latencies_ms;
};

/// `key"SCALE-<number>" ... count:<value>` for every station of the frame.
template <class Each>
void for_each_station(std::string_view frame, std::string_view key, std::string_view count, Each each) {
  for (auto at = frame.find(key); at != std::string_view::npos; at = frame.find(key, at + 1)) {
    std::size_t number = 0;
    int value = 0;
    const auto* end = frame.data() + frame.size();
    std::from_chars(frame.data() + at + key.size(), end, number);
    const auto counted = frame.find(count, at);
    if (counted == std::string_view::npos) return;
    std::from_chars(frame.data() + counted + count.size(), end, value);
    each(number, value);
  }
}

/// Where station SCALE-`number` is (persistence/seed/scale_stations.sql).
std::pair<double, double> place_of(std::size_t number) {
  return {26.5 + static_cast<double>(number % 997) * 0.003, 80.5 + static_cast<double>(number % 991) * 0.007};
}

std::string box_around(std::size_t station, double half_height, double half_width) {
  const auto [lat, lng] = place_of(station);
  return std::to_string(lat - half_height) + ',' + std::to_string(lng - half_width) + ',' +
         std::to_string(lat + half_height) + ',' + std::to_string(lng + half_width);
}

constexpr const char* country = "26.3,80,30.5,88.3";

std::string map_wish(const std::string& bounds, int zoom) {
  return R"({"type":"subscribe","id":1,"topics":["map"],"map":{"bounds":[)" + bounds + R"(],"zoom":)" +
         std::to_string(zoom) + "}}";
}

/// A fifth looks at the country, two fifths at a district, two at a neighbourhood.
std::string operator_wish(std::size_t number, std::size_t cabinets) {
  const auto station = 1 + number * 37 % cabinets;
  std::string bounds = country;
  int zoom = 7;
  if (number % 5 == 1 || number % 5 == 2) bounds = box_around(station, 0.5, 1), zoom = 10;
  if (number % 5 > 2) bounds = box_around(station, 0.15, 0.15), zoom = 14;
  return map_wish(bounds, zoom);
}

/// Half of them watch one station, half a neighbourhood that others watch too.
std::string rider_wish(std::size_t number, std::size_t cabinets) {
  const auto station = 1 + number / 2 % cabinets;
  const auto topic = number % 2 == 0 ? "station:SCALE-" + std::to_string(station)
                                     : "bounds:" + box_around(1 + number / 2 % 200, 0.05, 0.05);
  return R"({"type":"subscribe","id":1,"topics":[")" + topic + "\"]}";
}

class audience {
public:
  audience(const options& setup, cabinets& talking) : setup_{setup}, talking_{talking} {
    const bool is_admin = !setup.operators.empty();
    const auto tokens = is_admin ? sign_in_operators(setup.operators, setup.port)
                                 : std::vector<std::string>{rider_token(setup.keys_dir)};
    for (std::size_t at = 0; at < setup.sockets; ++at) {
      socket_wish wish{setup.port, is_admin ? "/ws/admin" : "/ws", tokens[at % tokens.size()],
                       is_admin ? operator_wish(at, setup.cabinets) : rider_wish(at, setup.cabinets)};
      sockets_.push_back(std::make_shared<live_socket>(loop_, std::move(wish),
                                                       [this](std::string_view frame) { hear(frame); }));
    }
  }

  /// True when every socket has its snapshot.
  bool open() {
    const auto until = clock_type::now() + open_within;
    std::size_t opened = 0;
    while (clock_type::now() < until) {
      const auto begun = static_cast<std::size_t>(
          std::ranges::count_if(sockets_, [](const auto& one) { return one->has_begun(); }));
      if (begun == sockets_.size()) return true;
      while (opened < sockets_.size() && opened < begun + opening_max)
        sockets_[opened++]->open();
      turn();
    }
    return false;
  }
  void listen_for(std::chrono::seconds time) {
    heard = {};
    heard.is_on = true;
    for (const auto until = clock_type::now() + time; clock_type::now() < until;)
      turn();
    heard.is_on = false;
  }
  void deafen(std::size_t count) {
    const auto deaf = std::span{sockets_}.first(std::min(count, sockets_.size()));
    for (const auto& one : deaf)
      one->stop_reading();
    // They ask for the whole country as closely as they get it, again and again, for more than the kernel's
    // buffers take: the server has to hold what it will.
    for (const auto until = clock_type::now() + stuck_for; clock_type::now() < until;) {
      for (const auto& one : deaf)
        one->ask_for(map_wish(country, 12));
      turn();
    }
  }
  [[nodiscard]] std::size_t broken() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(sockets_, [](const auto& one) { return one->is_broken(); }));
  }

  tally heard;

private:
  void turn() {
    talking_.turn(setup_.changes_per_second, 0);
    loop_.restart();
    loop_.run_for(1ms);
  }
  void hear(std::string_view frame) {
    if (!heard.is_on) return;
    ++heard.frames;
    heard.bytes += frame.size();
    if (!frame.starts_with(R"({"type":"event")")) return;
    const bool is_map = !setup_.operators.empty();
    for_each_station(frame, is_map ? R"({"sn":"SCALE-)" : R"({"serial_number":"SCALE-)",
                     is_map ? R"("rentable":)" : R"("rentable_count":)",
                     [this](std::size_t number, int value) {
                       if (const auto* at = talking_.said(number, value)) {
                         const std::chrono::duration<double, std::milli> late = clock_type::now() - *at;
                         heard.latencies_ms.push_back(late.count());
                       }
                     });
  }

  const options& setup_;
  cabinets& talking_;
  boost::asio::io_context loop_{1};
  std::vector<std::shared_ptr<live_socket>> sockets_;
};

double share_of(std::vector<double>& values, double share) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

void say(const char* word) {
  std::puts(word);
  std::fflush(stdout);
}

int run(const options& setup) {
  cabinets talking{setup.broker, setup.cabinets};
  while (talking.changes() < setup.cabinets)  // Everybody is online and has shown what is inside.
    talking.turn(setup.changes_per_second, 1);
  audience listening{setup, talking};
  if (!listening.open()) throw std::runtime_error{"not every socket got its snapshot"};
  say("ready");
  const auto changes = talking.changes();
  listening.listen_for(std::chrono::seconds{setup.seconds});
  auto& heard = listening.heard;
  const auto per_second = [&](std::size_t count) { return static_cast<double>(count) / setup.seconds; };
  const boost::json::object report{
      {"sockets", setup.sockets},
      {"changes_per_second", per_second(talking.changes() - changes)},
      {"frames_per_second", per_second(heard.frames)},
      {"bytes_per_second_and_client", per_second(heard.bytes) / static_cast<double>(setup.sockets)},
      {"shown", heard.latencies_ms.size()},
      {"p50_ms", share_of(heard.latencies_ms, 0.5)},
      {"p95_ms", share_of(heard.latencies_ms, 0.95)},
      {"p99_ms", share_of(heard.latencies_ms, 0.99)},
      {"broken_sockets", listening.broken()},
      {"lost_sessions", talking.lost_sessions()}};
  say(boost::json::serialize(report).c_str());
  if (setup.slow > 0) {
    listening.deafen(setup.slow);
    say("stuck");
    listening.listen_for(closed_after);
    say("closed");
    listening.listen_for(1s);
  }
  return talking.lost_sessions() == 0 ? 0 : 1;
}

bool read_options(int count, char** words, options& out, int& exit_code) {
  CLI::App app{"Cabinets that change, and sockets that want to see it."};
  app.add_option("--port", out.port, "HTTP port of the server, on this machine");
  app.add_option("--mqtt-port", out.broker.port, "Port of the broker");
  app.add_option("--mqtt-password-file", out.password_file, "File with the cabinets' password")->required();
  app.add_option("--operators", out.operators, "File of operators, a JSON object a line; without it: riders");
  app.add_option("--keys-dir", out.keys_dir, "The server's signing keys, for the riders' token");
  app.add_option("--cabinets", out.cabinets, "How many of them speak")->check(CLI::PositiveNumber);
  app.add_option("--changes-per-second", out.changes_per_second, "Of all of them together");
  app.add_option("--sockets", out.sockets, "How many listen")->check(CLI::PositiveNumber);
  app.add_option("--slow", out.slow, "How many of them stop reading at the end");
  app.add_option("--seconds", out.seconds, "How long they are counted")->check(CLI::PositiveNumber);
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& mistake) {
    exit_code = app.exit(mistake);
    return false;
  }
  std::ifstream file{out.password_file};
  std::getline(file, out.broker.password);
  return true;
}

}  // namespace
}  // namespace livemap

int main(int count, char** words) {
  livemap::options setup;
  int exit_code = 0;
  if (!livemap::read_options(count, words, setup, exit_code)) return exit_code;
  try {
    return livemap::run(setup);
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "livemap: %s\n", failed.what());
    return 2;
  }
}
