#include "http/server/door.hpp"

#include <atomic>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <thread>

#include "http/server/lane.hpp"
#include "http/server/openapi.hpp"
#include "protocols/base/check.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using reuse_port = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

/// Nothing and a sentence in `why`, or an acceptor that listens.
std::optional<tcp_acceptor> listen_at(asio::io_context& loop, const door_options& options, std::uint16_t port,
                                      std::string& why) {
  error_code failed;
  const auto address = asio::ip::make_address(options.address, failed);
  if (failed) return why = "not an address: " + options.address, std::nullopt;
  const tcp::endpoint at{address, port};
  tcp_acceptor acceptor{loop};
  acceptor.open(at.protocol(), failed);
  if (!failed) acceptor.set_option(tcp_acceptor::reuse_address{true}, failed);
  if (!failed && options.io_threads > 1) acceptor.set_option(reuse_port{true}, failed);
  if (!failed) acceptor.bind(at, failed);
  if (!failed) acceptor.listen(limits::accept_queue_max, failed);
  if (failed) {
    why = "cannot listen at " + options.address + ":" + std::to_string(port) + ": " + failed.message();
    return {};
  }
  return acceptor;
}

endpoint openapi_row(const endpoints& rows, const door_options& options) {
  endpoint row{.path = "/api/openapi.json", .summary = "This description"};
  auto all = rows;
  all.push_back(row);
  const auto document = render(describe_api(all, options.title), "public, max-age=300");
  row.handle = [document](exchange& in) { in.reply_rendered(document); };
  return row;
}

}  // namespace

monotonic monotonic_now() {
  return std::chrono::duration_cast<monotonic>(std::chrono::steady_clock::now().time_since_epoch());
}

struct door::parts {
  door_setup setup;
  std::vector<std::unique_ptr<io_lane>> lanes;
  std::vector<lane_parts> offers;  ///< One for each lane; used on the lane's thread only, once it runs.
  std::vector<std::thread> threads;
  std::uint16_t port = 0;
  bool is_stopped = false;

  void offer(io_lane& lane) {
    offers.push_back({.lane = lane.index,
                      .announcements = lane.answers,
                      .topics = lane.topics,
                      .operator_topics = lane.operator_topics,
                      .callers = lane.callers,
                      .revoke_session = [&lane](session_id session) { revoke(lane, session); },
                      .revoke_user = [&lane](user_id user) { revoke(lane, user); },
                      .recheck_operator = [&lane](operator_id who) { revoke(lane, who); }});
  }

  template <class Id>
  static void revoke(io_lane& lane, Id id) {
    lane.callers.invalidate(id);
    lane.for_each_guest([id](lane_guest& guest) { guest.on_revoked(id); });
  }

  void post_to_all(const std::function<void(std::size_t)>& task) {
    for (std::size_t at = 0; at < lanes.size(); ++at)
      asio::post(lanes[at]->loop, [task, at] { task(at); });
  }
};

door::door(caf::actor_system& system, door_options options, endpoints table,
           const std::function<void(lane_parts&)>& set_up)
    : parts_{std::make_unique<parts>()} {
  CHECK(options.io_threads > 0 && options.now && options.ticks);
  auto& setup = parts_->setup;
  setup.rows = std::move(table);
  for (const auto& row : setup.rows)
    CHECK(row.who == access::public_access || options.authenticate);
  if (options.has_openapi) setup.rows.push_back(openapi_row(setup.rows, options));
  for (auto& row : setup.rows)
    row.work = work_of(row);
  setup.routes = std::make_unique<const router>(setup.rows);
  setup.origins.insert(options.allowed_origins.begin(), options.allowed_origins.end());
  auto proxies = trusted_peers::parse(options.trusted_proxies);
  CHECK(proxies.has_value());
  setup.proxies = std::move(*proxies);
  setup.probe = options.probe ? options.probe : std::make_shared<server_probe>();
  setup.options = std::move(options);
  parts_->offers.reserve(setup.options.io_threads);  // Those who set up may keep a reference.
  for (std::size_t at = 0; at < setup.options.io_threads; ++at) {
    parts_->lanes.push_back(std::make_unique<io_lane>(system, setup, at));
    parts_->offer(*parts_->lanes.back());
    if (set_up) set_up(parts_->offers.back());
  }
}

door::~door() { stop(); }

bool door::start(std::string& why) {
  CHECK(parts_->threads.empty() && !parts_->is_stopped);
  parts_->port = parts_->setup.options.port;
  std::vector<tcp_acceptor> acceptors;
  for (auto& lane : parts_->lanes) {
    auto acceptor = listen_at(lane->loop, parts_->setup.options, parts_->port, why);
    if (!acceptor) return false;
    error_code failed;
    parts_->port = acceptor->local_endpoint(failed).port();
    acceptors.push_back(std::move(*acceptor));
  }
  for (std::size_t at = 0; at < parts_->lanes.size(); ++at) {
    auto& lane = *parts_->lanes[at];
    lane.start(std::move(acceptors[at]));
    parts_->threads.emplace_back([&lane] { lane.loop.run(); });
  }
  return true;
}

std::uint16_t door::port() const { return parts_->port; }

void door::drain(std::function<void()> when_empty) {
  const auto left = std::make_shared<std::atomic<std::size_t>>(parts_->lanes.size());
  const auto tell = [left, when_empty = std::move(when_empty)] {
    if (left->fetch_sub(1) == 1 && when_empty) when_empty();
  };
  parts_->post_to_all([this, tell](std::size_t at) { parts_->lanes[at]->drain(tell); });
}

void door::stop() {
  if (std::exchange(parts_->is_stopped, true)) return;
  parts_->post_to_all([this](std::size_t at) { parts_->lanes[at]->stop(); });
  for (auto& thread : parts_->threads)
    thread.join();
}

void door::on_every_lane(const std::function<void(lane_parts&)>& task) {
  parts_->post_to_all([this, task](std::size_t at) { task(parts_->offers[at]); });
}

const endpoints& door::rows() const { return parts_->setup.rows; }

}  // namespace chautari
