#include "http/server/lane.hpp"

#include <boost/asio/error.hpp>
#include <ctime>
#include <random>

#include "http/server/connection.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

namespace {

using boost::system::error_code;

std::uint64_t fresh_seed() {
  std::random_device source;
  return (std::uint64_t{source()} << 32) | source();
}

/// RFC 9110, 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(timestamp at) {
  const auto since_1970 =
      static_cast<std::time_t>(std::chrono::floor<seconds>(at).time_since_epoch().count());
  std::tm parts{};
  gmtime_r(&since_1970, &parts);
  char text[32];
  const auto length = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {text, length};
}

}  // namespace

io_lane::io_lane(caf::actor_system& system, const door_setup& shared, std::size_t number)
    : setup{shared},
      index{number},
      load{shared.options, fresh_seed()},
      answers{loop, system, shared.options.slots_max},
      callers{shared.options.authenticate, shared.options.callers_max},
      rates{shared.options.rate_buckets_max},
      topics{shared.options.now},
      operator_topics{shared.options.now},
      gate{shared, callers, rates, load, fresh_seed()} {
  date_ = http_date(setup.options.now());
  answers.when_thrown(
      [this](std::string_view what) { setup.probe->handler_failed("announcement", what, {}); });
}

void io_lane::welcome(lane_guest& guest) {
  guest.place_ = guests_.size();
  guests_.push_back(&guest);
}

void io_lane::farewell(lane_guest& guest) {
  guests_[guest.place_] = guests_.back();
  guests_[guest.place_]->place_ = guest.place_;
  guests_.pop_back();
  check_empty();
}

void io_lane::for_each_guest(const std::function<void(lane_guest&)>& visit) {
  // Backwards: a guest that leaves is replaced by one that has been visited already.
  for (auto left = guests_.size(); left > 0; --left) {
    if (left > guests_.size()) continue;
    auto& guest = *guests_[left - 1];
    const auto held = guest.hold();
    visit(guest);
  }
}

void io_lane::start(tcp_acceptor&& opened) {
  acceptor_ = std::move(opened);
  accept();
  arm();
}

void io_lane::accept() {
  if (is_draining_ || is_stopped_ || is_accepting_) return;
  is_accepting_ = true;
  acceptor_.async_accept(loop, [this](const error_code& why, tcp_socket socket) {
    is_accepting_ = false;
    if (is_draining_ || is_stopped_) return;
    if (why) return;  // Out of descriptors, most likely: the next tick tries again instead of spinning here.
    take(std::move(socket));
    accept();
  });
}

void io_lane::take(tcp_socket&& socket) {
  const auto most = std::max<std::size_t>(1, setup.options.connections_max / setup.options.io_threads);
  if (connections >= most) setup.probe->connection_refused();
  if (connections >= most + limits::surplus_connections_max) return;  // Not even told why: closed here.
  std::make_shared<connection>(*this, std::move(socket), connections >= most)->start();
}

void io_lane::arm() {
  if (is_stopped_) return;
  ticker_.expires_after(setup.options.tick);
  ticker_.async_wait([this](const error_code& why) {
    if (why || is_stopped_) return;
    tick();
    arm();
  });
}

void io_lane::tick() {
  const auto at = now();
  for_each_guest([at](lane_guest& guest) { guest.on_tick(at); });
  topics.tick(at);
  operator_topics.tick(at);
  look_at_queues();
  accept();
  if (const auto second = std::chrono::floor<seconds>(at); second != ticked_second_) {
    ticked_second_ = second;
    date_ = http_date(setup.options.now());
    setup.probe->sampled(sample());
  }
}

/// The actors are asked through this lane's own desk, so their wait includes how late the lane itself is.
void io_lane::look_at_queues() {
  if (setup.options.sample_actors && !load.are_actors_asked()) {
    load.actors_asked();
    if (!setup.options.sample_actors(answers, [this] { load.actors_answered(); }))
      load.actors_answered();  // Every slot is taken; the shares of the slots decide then.
  }
  load.tick();
  if (is_overload_told_ == load.is_overloaded()) return;
  is_overload_told_ = load.is_overloaded();
  setup.probe->overload_changed(sample(), is_overload_told_);
}

lane_sample io_lane::sample() const {
  const auto in_seconds = [](monotonic wait) { return std::chrono::duration<double>(wait).count(); };
  return {.lane = index,
          .connections = connections,
          .websockets = websockets,
          .slots_in_use = answers.slots_in_use(),
          .rate_buckets = rates.buckets(),
          .topics = topics.topics() + operator_topics.topics(),
          .actors_wait_s = in_seconds(load.actors().wait()),
          .storage_wait_s = in_seconds(load.storage().wait())};
}

void io_lane::drain(std::function<void()> when_empty) {
  is_draining_ = true;
  when_empty_ = std::move(when_empty);
  error_code ignored;
  acceptor_.close(ignored);
  for_each_guest([](lane_guest& guest) { guest.on_drain(); });
  check_empty();
}

void io_lane::stop() {
  is_stopped_ = true;
  error_code ignored;
  acceptor_.close(ignored);
  ticker_.cancel();
  for_each_guest([](lane_guest& guest) { guest.on_stop(); });
}

void io_lane::check_empty() {
  if (!is_draining_ || !guests_.empty() || !when_empty_) return;
  const auto tell = std::exchange(when_empty_, nullptr);
  tell();
}

}  // namespace chautari
