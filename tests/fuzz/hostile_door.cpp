#include "tests/fuzz/hostile_door.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <iterator>
#include <utility>

#include "http/server/connection.hpp"
#include "protocols/base/check.hpp"

namespace chautari::fuzzing {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

void append(endpoints& all, endpoints more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

auth_result judge(std::string_view token) {
  caller who;
  who.expires_at = hostile_door::noon + hours{1};
  who.session.value.data[15] = 7;
  if (token == hostile_door::rider_token) {
    who.user.value.data[15] = 1;
    return who;
  }
  if (token != hostile_door::operator_token) return auth_failure{};
  who.role = caller_role::admin;
  who.as_operator.value.data[15] = 2;
  return who;
}

door_options options_of(bool has_websockets, const std::shared_ptr<listening_probe>& probe,
                        const monotonic& ticks) {
  door_options options;
  options.allowed_origins = {"https://app.example"};
  options.trusted_proxies = {"127.0.0.1"};
  if (has_websockets)
    options.websockets = {{.path = "/ws"}, {.path = "/ws/admin", .role = caller_role::admin}};
  options.now = [] { return hostile_door::noon; };
  options.ticks = [&ticks] { return ticks; };
  options.authenticate = judge;
  options.standing = [](const caller&, std::string_view) -> standing_result {
    return operator_standing{operator_role::super_admin, hostile_door::noon};
  };
  options.probe = probe;
  return options;
}

/// No measurement and no other program can make it longer than this; a door that stays silent is wound on.
constexpr int patience_ms = 200;

}  // namespace

void listening_probe::request_finished(const finished_request& request) {
  requests.push_back({std::string{request.route}, std::string{request.method},
                      std::string{request.request_id}, request.status});
}

void listening_probe::handler_failed(std::string_view route, std::string_view what, std::string_view) {
  std::fprintf(stderr, "%.*s: %.*s\n", static_cast<int>(route.size()), route.data(),
               static_cast<int>(what.size()), what.data());
  CHECK(!"a handler threw or forgot to answer");
}

hostile_door::hostile_door(bool has_websockets) {
  everybody_.now = [] { return noon; };
  riders_ = std::make_unique<riders_door>(riders_door_setup{
      .everybody = everybody_, .prices = std::make_shared<const price_list>(), .has_demo_credit = true});
  operator_settings office;
  office.pepper = bridge_secret;
  admin_door_setup desk_work;
  desk_work.everybody = everybody_;
  desk_work.stations = &riders_->stations();
  desk_work.gate =
      std::make_shared<const operator_gate>(std::make_shared<const key_ring>(), office, everybody_.now);
  desk_work.files = std::make_shared<const static_files>();
  operators_ = std::make_unique<admin_door>(std::move(desk_work));
  cabinets_.values = {.broker_host = "broker.example", .broker_port = 1883};
  bridge_.settings = {.is_enabled = true, .secret = std::string{bridge_secret}};

  append(setup_.rows, riders_->rows());
  append(setup_.rows, operators_->rows());
  append(setup_.rows, user_endpoints(users_));
  append(setup_.rows, cabinet_endpoints(cabinets_));
  append(setup_.rows, compatibility_endpoints(bridge_));
  for (auto& row : setup_.rows)
    row.work = work_of(row);
  setup_.routes = std::make_unique<const router>(setup_.rows);
  setup_.options = options_of(has_websockets, probe_, ticks_);
  setup_.origins.insert(setup_.options.allowed_origins.begin(), setup_.options.allowed_origins.end());
  setup_.proxies = *trusted_peers::parse(setup_.options.trusted_proxies);
  setup_.probe = probe_;

  lane_ = std::make_unique<io_lane>(system_, setup_, 0);
  parts_ = std::make_unique<lane_parts>(lane_parts{.lane = 0,
                                                   .announcements = lane_->answers,
                                                   .topics = lane_->topics,
                                                   .operator_topics = lane_->operator_topics,
                                                   .callers = lane_->callers,
                                                   .revoke_session = [](session_id) {},
                                                   .revoke_user = [](user_id) {},
                                                   .recheck_operator = [](operator_id) {}});
  riders_->set_up(*parts_);
  operators_->set_up(*parts_);
  acceptor_ =
      std::make_unique<tcp_acceptor>(lane_->loop, tcp::endpoint{boost::asio::ip::address_v4::loopback(), 0});
}

hostile_door& hostile_door::kept(bool has_websockets) {
  return *std::make_unique<hostile_door>(has_websockets).release();
}

void hostile_door::turn() {
  lane_->loop.restart();
  while (lane_->loop.poll() > 0) {
  }
}

void hostile_door::wind(monotonic by) {
  ticks_ += by;
  const auto at = ticks_;
  lane_->for_each_guest([at](lane_guest& guest) { guest.on_tick(at); });
  lane_->topics.tick(at);
  lane_->operator_topics.tick(at);
  turn();
}

bool hostile_door::is_empty() const {
  const auto asks = lane_->answers.slots_in_use();
  if (lane_->connections == 0 && lane_->websockets == 0 && asks == 0) return true;
  std::fprintf(stderr, "left behind: %zu connections, %zu websockets, %zu asks\n", lane_->connections,
               lane_->websockets, asks);
  return false;
}

visitor::visitor(hostile_door& at) : at_{at} {
  error_code failed;
  const auto to = at_.acceptor_->local_endpoint(failed);
  socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
  CHECK(!failed && socket_ >= 0 && ::connect(socket_, to.data(), static_cast<socklen_t>(to.size())) == 0);
  tcp_socket inside{at_.lane_->loop};
  at_.acceptor_->accept(inside, failed);
  CHECK(!failed);
  std::make_shared<connection>(at_.lane(), std::move(inside), false)->start();
  at_.turn();
}

visitor::~visitor() {
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(socket_);
}

bool visitor::listen() {
  std::array<char, 16 * 1024> bytes;
  bool is_news = false;
  while (!is_ended_) {
    const auto count = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) break;
    is_news = true;
    if (count <= 0) {
      is_ended_ = true;
    } else {
      heard_.append(bytes.data(), static_cast<std::size_t>(count));
    }
  }
  return is_news;
}

void visitor::say(std::string_view bytes, std::size_t piece_bytes) {
  int refusals = 0;
  while (!bytes.empty() && !is_ended_ && refusals < patience_ms) {
    const auto piece = bytes.substr(0, std::max<std::size_t>(1, piece_bytes));
    const auto taken = ::send(socket_, piece.data(), piece.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (taken > 0) bytes.remove_prefix(static_cast<std::size_t>(taken));
    if (taken < 0 && errno != EAGAIN) return;  // It has heard enough; its answer tells the rest.
    at_.turn();
    refusals = listen() || taken > 0 ? 0 : refusals + 1;
  }
}

void visitor::hang_up() {
  ::shutdown(socket_, SHUT_WR);
  for (int silent_ms = 0; !is_ended_ && silent_ms < patience_ms;) {
    at_.turn();
    if (listen()) {
      silent_ms = 0;
      continue;
    }
    pollfd watched{socket_, POLLIN, 0};
    if (::poll(&watched, 1, 1) == 0) ++silent_ms;
  }
  if (is_ended_) return at_.turn();
  for (int round = 0; round < 8; ++round) {
    at_.wind(minutes{5});
    listen();
  }
  CHECK(is_ended_ || at_.is_empty());
}

}  // namespace chautari::fuzzing
