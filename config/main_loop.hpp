#pragma once
/// The main thread: an event loop with a desk, so that the one who composes can ask actors without a blocking
/// actor. It waits for one answer after another; signals and timers are served meanwhile.

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <caf/all.hpp>
#include <functional>
#include <memory>
#include <optional>

#include "http/server/desk.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

class main_loop {
public:
  main_loop();
  main_loop(const main_loop&) = delete;
  main_loop& operator=(const main_loop&) = delete;

  [[nodiscard]] boost::asio::io_context& loop() { return loop_; }

  /// Serves events until `is_done` says yes or the time is over; true if done.
  bool run_until(const std::function<bool()>& is_done, std::optional<milliseconds> within = {});

  /// Asks and serves events until the answer is there; the error if it is one, or if none came in time.
  template <class Handle, class Message>
  caf::error settle(desk& at, const Handle& actor, Message message, std::optional<milliseconds> within = {}) {
    struct outcome {
      bool is_there = false;
      caf::error why;
    };
    const auto answer = std::make_shared<outcome>();
    const auto ticket = at.ask<void>(
        actor, std::move(message), [answer] { answer->is_there = true; },
        [answer](const caf::error& why) {
          *answer = {true, why};
        });
    if (ticket == 0) return caf::make_error(caf::sec::runtime_error, "the desk is full");
    if (run_until([&] { return answer->is_there; }, within)) return answer->why;
    at.cancel(ticket);
    return caf::make_error(caf::sec::request_timeout);
  }

private:
  boost::asio::io_context loop_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> alive_;
};

}  // namespace chautari
