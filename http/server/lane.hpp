#pragma once
/// One I/O thread with everything it needs. Nothing here is shared with another thread but `loop.post`.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/server/desk.hpp"
#include "http/server/door_setup.hpp"
#include "http/server/doorkeeper.hpp"
#include "http/server/load_gate.hpp"
#include "http/websocket/topic_hub.hpp"

namespace chautari {

using tcp_socket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;
using tcp_acceptor =
    boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

/// A socket that lives on a lane: an HTTP connection or a WebSocket.
class lane_guest {
public:
  virtual ~lane_guest() = default;
  /// Called on every tick: close yourself if you are late.
  virtual void on_tick(monotonic now) = 0;
  /// Finish what is under way, then go.
  virtual void on_drain() = 0;
  /// Go now.
  virtual void on_stop() = 0;
  virtual void on_revoked(session_id) {}
  virtual void on_revoked(user_id) {}
  /// Something about the operator has changed: look whether you may stay.
  virtual void on_revoked(operator_id) {}
  /// Keeps the guest alive while it is being called.
  [[nodiscard]] virtual std::shared_ptr<void> hold() = 0;

private:
  friend struct io_lane;
  std::size_t place_ = 0;  ///< Where the lane keeps it.
};

struct io_lane {
  io_lane(caf::actor_system& system, const door_setup& shared, std::size_t number);

  // ---- guests
  // ------------------------------------------------------------------------------------------
  void welcome(lane_guest& guest);
  void farewell(lane_guest& guest);
  void for_each_guest(const std::function<void(lane_guest&)>& visit);

  // ---- life: each on the lane's own thread
  // --------------------------------------------------------------------------
  /// Accepts from now on; ticks until `stop`.
  void start(tcp_acceptor&& opened);
  void drain(std::function<void()> when_empty);
  void stop();

  /// The Date header's value, renewed once a second.
  [[nodiscard]] const std::string& date() const { return date_; }
  [[nodiscard]] bool is_draining() const { return is_draining_; }
  [[nodiscard]] monotonic now() const { return setup.options.ticks(); }
  /// The topics of a realm.
  [[nodiscard]] topic_hub& topics_of(caller_role role) {
    return role == caller_role::admin ? operator_topics : topics;
  }

  const door_setup& setup;
  std::size_t index;
  std::size_t websockets = 0;   ///< Open now.
  std::size_t connections = 0;  ///< HTTP connections open now.
  load_gate load;

private:
  std::vector<lane_guest*> guests_;  // Before the loop and the desk, whose pieces say farewell when they go.

public:
  boost::asio::io_context loop{1};
  desk answers;
  authenticator callers;
  rate_limiter rates;
  topic_hub topics;
  topic_hub operator_topics;
  doorkeeper gate;

private:
  void accept();
  void take(tcp_socket&& socket);
  void tick();
  void arm();
  void check_empty();
  void look_at_queues();
  [[nodiscard]] lane_sample sample() const;

  tcp_acceptor acceptor_{loop};
  boost::asio::steady_timer ticker_{loop};
  std::function<void()> when_empty_;
  std::string date_;
  monotonic ticked_second_{-1};
  bool is_overload_told_ = false;
  bool is_accepting_ = false;
  bool is_draining_ = false;
  bool is_stopped_ = false;
};

}  // namespace chautari
