/// How many cabinet frames a second the server stores, one committed row each. The cabinets speak as fast as
/// the server stores: never more than `--window` frames are under way, so nothing may be shed and every frame
/// sent has to be found in the database. How many there are is asked at the operations door, because counting
/// rows would slow down the database that is measured; the truth at the end is the caller's count of rows.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <string>
#include <string_view>

#include "bench/kiosk_events/fleet.hpp"

namespace kiosk_events {
namespace {

using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

constexpr std::string_view stored_records = "\nchautari_journal_batch_records_sum ";
/// Between two looks at the operations door.
constexpr auto look_every = 50ms;
/// Nothing more was stored for so long: what is not there is lost.
constexpr auto stall_max = 3s;

struct options {
  broker_account broker;
  std::string password_file;
  std::uint16_t operations_port = 9464;
  std::uint64_t first_imei = 870'000'000'000'001;
  std::size_t cabinets = 500;
  std::size_t window = 8'000;
  int seconds = 20;
};

/// Records the journal has committed since the server started.
class stored_counter {
public:
  explicit stored_counter(std::uint16_t operations_port) : port_(operations_port) {}

  [[nodiscard]] std::size_t read() {
    namespace http = boost::beast::http;
    boost::beast::tcp_stream stream{loop_};
    stream.connect({boost::asio::ip::address_v4::loopback(), port_});
    http::request<http::empty_body> ask{http::verb::get, "/metrics", 11};
    ask.set(http::field::host, "127.0.0.1");
    ask.set(http::field::connection, "close");
    http::write(stream, ask);
    boost::beast::flat_buffer buffer;
    http::response<http::string_body> answer;
    http::read(stream, buffer, answer);
    const auto at = answer.body().find(stored_records);
    if (at == std::string::npos) return 0;
    return static_cast<std::size_t>(std::strtod(answer.body().c_str() + at + stored_records.size(), nullptr));
  }

private:
  boost::asio::io_context loop_{1};
  std::uint16_t port_;
};

struct outcome {
  std::size_t sent = 0;
  std::size_t stored = 0;
  double seconds = 0;
};

/// The first heartbeat of a cabinet also makes it online, which is another record: that is not measured.
void greet(fleet& cabinets, stored_counter& counter, std::size_t count) {
  const auto before = counter.read();
  const auto sent = cabinets.beat(count);
  for (auto until = clock_type::now() + stall_max; clock_type::now() < until;) {
    cabinets.turn(20);
    if (counter.read() >= before + 2 * sent) break;
  }
}

outcome speak(fleet& cabinets, stored_counter& counter, const options& setup) {
  outcome done;
  const auto before = counter.read();
  const auto begin = clock_type::now();
  const auto end = begin + std::chrono::seconds{setup.seconds};
  auto looked = begin;
  auto grew = begin;
  while (done.stored < done.sent || clock_type::now() < end) {
    const auto now = clock_type::now();
    if (now >= looked + look_every) {
      const auto stored = counter.read() - before;
      if (stored > done.stored) grew = now;
      done.stored = stored;
      looked = now;
    }
    if (now - grew > stall_max) break;
    const auto under_way = done.sent - std::min(done.stored, done.sent);
    const auto room = now < end && under_way < setup.window ? setup.window - under_way : 0;
    done.sent += cabinets.beat(std::min(room, setup.cabinets));
    cabinets.turn(room > 0 ? 0 : 2);
  }
  done.seconds = std::chrono::duration<double>(grew - begin).count();
  return done;
}

bool read_options(int count, char** words, options& out, int& exit_code) {
  CLI::App app{"Cabinets that send heartbeats as fast as the server stores them."};
  app.add_option("--mqtt-host", out.broker.host, "Host of the broker");
  app.add_option("--mqtt-port", out.broker.port, "Port of the broker");
  app.add_option("--mqtt-user", out.broker.user, "Account of the cabinets");
  app.add_option("--mqtt-password-file", out.password_file, "File with its password")->required();
  app.add_option("--operations-port", out.operations_port, "Operations door of the server, on this machine");
  app.add_option("--first-imei", out.first_imei, "The cabinets are this and the following numbers");
  app.add_option("--cabinets", out.cabinets, "How many of them speak")->check(CLI::PositiveNumber);
  app.add_option("--window", out.window, "Frames under way at once")->check(CLI::PositiveNumber);
  app.add_option("--seconds", out.seconds, "How long they speak")->check(CLI::PositiveNumber);
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

int run(const options& setup) {
  stored_counter counter{setup.operations_port};
  fleet cabinets{setup.broker, setup.first_imei, setup.cabinets};
  greet(cabinets, counter, setup.cabinets);
  const auto done = speak(cabinets, counter, setup);
  const boost::json::object report{{"greeted", setup.cabinets},
                                   {"sent", done.sent},
                                   {"stored", done.stored},
                                   {"seconds", done.seconds},
                                   {"acknowledged_by_broker", cabinets.acknowledged()},
                                   {"lost_sessions", cabinets.lost_sessions()}};
  std::puts(boost::json::serialize(report).c_str());
  return cabinets.lost_sessions() == 0 ? 0 : 1;
}

}  // namespace
}  // namespace kiosk_events

int main(int count, char** words) {
  kiosk_events::options setup;
  int exit_code = 0;
  if (!kiosk_events::read_options(count, words, setup, exit_code)) return exit_code;
  try {
    return kiosk_events::run(setup);
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "kiosk_events: %s\n", failed.what());
    return 2;
  }
}
