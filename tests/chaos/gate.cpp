#include "tests/chaos/gate.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <utility>
#include <vector>

namespace chaos {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

/// Closes so that the other side gets an RST and not a farewell.
void slam(tcp::socket& socket) {
  boost::system::error_code ignored;
  socket.set_option(asio::socket_base::linger{true, 0}, ignored);
  socket.close(ignored);
}

asio::awaitable<void> wait(asio::io_context& loop, std::chrono::milliseconds duration) {
  asio::steady_timer timer{loop, duration};
  const auto [stopped] = co_await timer.async_wait(quietly);
  static_cast<void>(stopped);
}

std::string_view next_word(std::string_view& text) {
  const auto end = std::min(text.find(' '), text.size());
  const auto word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

bool read_number(std::string_view word, std::uint64_t& number) {
  const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), number);
  return failed == std::errc{} && end == word.data() + word.size();
}

}  // namespace

/// One connection through a gate: two sockets, a pump each way.
class passage : public std::enable_shared_from_this<passage> {
public:
  passage(asio::io_context& loop, gate& through, tcp::socket caller)
      : loop_(loop), gate_(through), caller_(std::move(caller)), service_(loop) {}

  asio::awaitable<void> connect(tcp::endpoint to) {
    const auto self = shared_from_this();
    const auto [failed] = co_await service_.async_connect(to, quietly);
    if (failed || !caller_.is_open()) {
      reset();
      co_return;
    }
    boost::system::error_code ignored;
    caller_.set_option(tcp::no_delay{true}, ignored);
    service_.set_option(tcp::no_delay{true}, ignored);
    asio::co_spawn(loop_, pump(direction::up), asio::detached);
    co_await pump(direction::down);
  }

  void reset() {
    slam(caller_);
    slam(service_);
    gate_.forget(shared_from_this());
  }

  [[nodiscard]] bool is_broken() const { return is_broken_; }

  /// As a router does that has lost its table: nothing passes any more, and nobody is ever told.
  void forget() { is_forgotten_ = true; }

private:
  [[nodiscard]] bool is_swallowed(direction way) const {
    const auto& weather = gate_.now();
    if (is_forgotten_) return true;
    return way == direction::up ? weather.swallows_up : weather.swallows_down;
  }

  asio::awaitable<void> pump(direction way) {
    const auto self = shared_from_this();
    auto& from = way == direction::up ? caller_ : service_;
    auto& to = way == direction::up ? service_ : caller_;
    std::array<char, 16'384> buffer;
    while (true) {
      const auto rate = gate_.now().bytes_per_second;
      // A tenth of a second's bytes at a time.
      const auto most = rate == 0 ? buffer.size() : std::clamp<std::size_t>(rate / 10, 1, buffer.size());
      const auto [ended, size] = co_await from.async_read_some(asio::buffer(buffer.data(), most), quietly);
      if (is_swallowed(way)) {
        is_broken_ = !is_forgotten_;
        if (ended) co_return;  // Nobody hears of it before the gate heals.
        continue;
      }
      if (ended == asio::error::eof) break;
      if (ended) {
        reset();
        co_return;
      }
      co_await wait_for_weather(size);
      const auto [unsent, sent] = co_await asio::async_write(to, asio::buffer(buffer.data(), size), quietly);
      if (unsent) {
        reset();
        co_return;
      }
    }
    boost::system::error_code ignored;
    to.shutdown(tcp::socket::shutdown_send, ignored);
    if (has_ended_) gate_.forget(self);
    has_ended_ = true;
  }

  asio::awaitable<void> wait_for_weather(std::size_t size) {
    const auto& weather = gate_.now();
    auto pause = weather.delay;
    if (weather.bytes_per_second > 0)
      pause += std::chrono::milliseconds{size * 1'000 / weather.bytes_per_second};
    if (pause.count() > 0) co_await wait(loop_, pause);
  }

  asio::io_context& loop_;
  gate& gate_;
  tcp::socket caller_;
  tcp::socket service_;
  bool is_broken_ = false;  ///< Has lost bytes: of no use to anybody any more.
  bool has_ended_ = false;  ///< One way is done.
  bool is_forgotten_ = false;
};

gate::gate(asio::io_context& loop, std::string name, std::uint16_t listens_at, std::uint16_t leads_to)
    : loop_(loop),
      name_(std::move(name)),
      listens_at_(asio::ip::address_v4::loopback(), listens_at),
      leads_to_(asio::ip::address_v4::loopback(), leads_to),
      acceptor_(loop) {}

void gate::open() {
  if (acceptor_.is_open()) return;
  acceptor_ = tcp::acceptor{loop_, listens_at_, true};
  asio::co_spawn(loop_, accept(), asio::detached);
}

asio::awaitable<void> gate::accept() {
  while (acceptor_.is_open()) {
    tcp::socket caller{loop_};
    const auto [stopped] = co_await acceptor_.async_accept(caller, quietly);
    if (stopped == asio::error::operation_aborted) co_return;  // Refusing.
    if (stopped) {
      co_await wait(loop_, std::chrono::milliseconds{50});  // Out of descriptors, for example.
      continue;
    }
    ++accepted_;
    const auto fresh = std::make_shared<passage>(loop_, *this, std::move(caller));
    passages_.insert(fresh);
    asio::co_spawn(loop_, fresh->connect(leads_to_), asio::detached);
  }
}

std::size_t gate::reset(bool only_broken) {
  std::vector<std::shared_ptr<passage>> chosen;
  for (const auto& one : passages_) {
    if (!only_broken || one->is_broken()) chosen.push_back(one);
  }
  for (const auto& one : chosen)
    one->reset();
  return chosen.size();
}

std::string gate::report(std::string_view did) const {
  return "ok " + name_ + ": " + std::string{did} + "; " + std::to_string(passages_.size()) +
         " connections, " + std::to_string(accepted_) + " so far";
}

std::string gate::obey(std::string_view order) {
  const auto verb = next_word(order);
  std::uint64_t number = 0;
  if (verb == "show") return report("nothing");
  if (verb == "cut") return report("cut " + std::to_string(reset(false)));
  if (verb == "refuse") {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    return report("refuses, cut " + std::to_string(reset(false)));
  }
  if (verb == "delay" && read_number(order, number)) {
    weather_.delay = std::chrono::milliseconds{number};
    return report("delays by " + std::to_string(number) + " ms");
  }
  if (verb == "throttle" && read_number(order, number)) {
    weather_.bytes_per_second = number;
    return report("lets " + std::to_string(number) + " bytes a second through");
  }
  if (verb == "half_open" && (order == "up" || order == "down")) {
    (order == "up" ? weather_.swallows_up : weather_.swallows_down) = true;
    return report("swallows everything " + std::string{order});
  }
  if (verb == "forget") {
    for (const auto& one : passages_)
      one->forget();
    return report("has forgotten its connections");
  }
  if (verb == "heal") {
    weather_ = {};
    const auto broken = reset(true);
    open();
    return report("healed, cut " + std::to_string(broken) + " that had lost bytes");
  }
  return "error " + name_ + " does not know: " + std::string{verb} + " " + std::string{order};
}

}  // namespace chaos
