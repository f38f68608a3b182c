#include "bench/race/mix.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "bench/race/samples.hpp"

namespace race {
namespace {

namespace http = boost::beast::http;
using tcp = boost::asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

constexpr std::string_view settled_rentals = "\nchautari_rental_events_total{event=\"rental.settled\"} ";
/// What is owed is handed out so often; the cycles are counted anew after so many times.
constexpr auto tick = 5ms;
constexpr int ticks_a_look = 20;

tcp::endpoint here(std::uint16_t port) { return {boost::asio::ip::address_v4::loopback(), port}; }

std::string get(const std::string& path, const std::string& token) {
  auto text = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  if (!token.empty()) text += "Authorization: Bearer " + token + "\r\n";
  return text + "\r\n";
}

std::vector<std::string> lines_of(const std::string& file) {
  std::ifstream in{file};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);)
    lines.push_back(line);
  if (lines.empty()) throw std::runtime_error{"no tokens in " + file};
  return lines;
}

/// Requests of one kind, in turn.
class deck {
public:
  void add(std::string request) { requests_.push_back(std::move(request)); }
  const std::string& next() {
    at_ = (at_ + 1) % requests_.size();
    return requests_[at_];
  }

private:
  std::vector<std::string> requests_;
  std::size_t at_ = 0;
};

struct pile {
  deck requests;
  samples latencies;
  double owed = 0;
  double per_tick = 0;
};

/// One keep-alive connection: idle, or with one request on its way.
class line {
public:
  line(boost::asio::io_context& loop, std::uint16_t port) : socket_(loop) {
    socket_.connect(here(port));
    socket_.set_option(tcp::no_delay{true});
  }

  /// `done` hears whether the answer was good; once a failed connection has said so it stays busy for ever.
  template <class Done>
  void ask(const std::string& request, Done done) {
    parser_.emplace();
    boost::asio::async_write(
        socket_, boost::asio::buffer(request), [this, done](error_code broken, std::size_t) {
          if (broken) return done(false, true);
          http::async_read(socket_, buffer_, *parser_, [this, done](error_code torn, std::size_t) {
            done(!torn && parser_->get().result_int() == 200, !!torn);
          });
        });
  }

private:
  tcp::socket socket_;
  boost::beast::flat_buffer buffer_;
  std::optional<http::response_parser<http::string_body>> parser_;
};

class reading {
public:
  explicit reading(const mix_wish& wish) : wish_(wish), timer_(loop_), operations_(loop_) {
    for (const auto& path : wish.public_paths)
      public_.requests.add(get(path, {}));
    const auto wallets = lines_of(wish.wallet_tokens_file);
    const auto actives = lines_of(wish.active_tokens_file);
    for (std::size_t i = 0; i < wallets.size(); ++i) {
      for (std::size_t path = 0; path + 1 < wish.own_paths.size(); ++path)
        own_.requests.add(get(wish.own_paths[path], wallets[i]));
      own_.requests.add(get(wish.own_paths.back(), actives[i % actives.size()]));
    }
    for (std::size_t i = 0; i < wish.connections; ++i) {
      lines_.push_back(std::make_unique<line>(loop_, wish.http_port));
      idle_.push_back(lines_.back().get());
    }
    operations_.connect(here(wish.operations_port));
  }

  boost::json::object run() {
    settled_at_begin_ = settled_ = look();
    begin_ = now_micros();
    looked_ = begin_;
    wait();
    loop_.run();
    const auto seconds = static_cast<double>(now_micros() - begin_) / 1e6;
    return {{"cycles", (settled_ - settled_at_begin_) / seconds},
            {"reads", public_.latencies.told(seconds)},
            {"own", own_.latencies.told(seconds)},
            {"errors", errors_},
            {"behind", static_cast<std::uint64_t>(public_.owed + own_.owed)}};
  }

private:
  /// Rentals settled since the server started.
  double look() {
    http::request<http::empty_body> question{http::verb::get, "/metrics", 11};
    question.set(http::field::host, "127.0.0.1");
    http::write(operations_, question);
    http::response<http::string_body> answer;
    http::read(operations_, operations_buffer_, answer);
    const auto at = answer.body().find(settled_rentals);
    return at == std::string::npos
               ? 0
               : std::strtod(answer.body().c_str() + at + settled_rentals.size(), nullptr);
  }

  void wait() {
    timer_.expires_after(tick);
    timer_.async_wait([this](error_code) { turn(); });
  }

  void turn() {
    const auto now = now_micros();
    if (++ticks_ % ticks_a_look == 0) {
      const auto settled = look();
      const auto rate = (settled - settled_) / static_cast<double>(now - looked_) * 1e6;
      settled_ = settled;
      looked_ = now;
      constexpr double tick_seconds = std::chrono::duration<double>(tick).count();
      public_.per_tick = rate * wish_.reads_per_cycle * tick_seconds;
      own_.per_tick = rate * wish_.own_per_cycle * tick_seconds;
    }
    const auto ticks_passed = static_cast<double>(now - last_turn_) / (tick / 1us);
    for (auto* one : {&public_, &own_})
      one->owed += one->per_tick * (last_turn_ == 0 ? 1 : ticks_passed);
    last_turn_ = now;
    if (static_cast<double>(now - begin_) > wish_.seconds * 1e6) return loop_.stop();
    hand_out();
    wait();
  }

  void hand_out() {
    while (!idle_.empty() && (own_.owed >= 1 || public_.owed >= 1)) {
      auto& next = own_.owed * wish_.reads_per_cycle >= public_.owed * wish_.own_per_cycle ? own_ : public_;
      next.owed -= 1;
      auto* free = idle_.back();
      idle_.pop_back();
      const auto begin = now_micros();
      free->ask(next.requests.next(), [this, free, &next, begin](bool is_good, bool is_broken) {
        next.latencies.add(now_micros() - begin);
        if (!is_good) ++errors_;
        if (!is_broken) idle_.push_back(free);
        hand_out();
      });
    }
  }

  const mix_wish& wish_;
  boost::asio::io_context loop_{1};
  boost::asio::steady_timer timer_;
  tcp::socket operations_;
  boost::beast::flat_buffer operations_buffer_;
  std::vector<std::unique_ptr<line>> lines_;
  std::vector<line*> idle_;
  pile public_;
  pile own_;
  double settled_ = 0;
  double settled_at_begin_ = 0;
  std::uint64_t begin_ = 0;
  std::uint64_t looked_ = 0;
  std::uint64_t last_turn_ = 0;
  std::uint64_t errors_ = 0;
  int ticks_ = 0;
};

}  // namespace

boost::json::object read_beside_cycles(const mix_wish& wish) { return reading{wish}.run(); }

}  // namespace race
