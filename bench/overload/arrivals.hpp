#pragma once
/// A Poisson process of its own seed: what is due comes when it is due, whatever became of what came before.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <random>

#include "bench/overload/figures.hpp"

namespace overload {

class arrivals {
public:
  /// `fire(due)` so many times a second on average, from now until `until` or until this is gone; not at all
  /// if the rate is zero.
  arrivals(boost::asio::io_context& loop, double rate, std::uint64_t seed, moment until,
           std::function<void(moment due)> fire)
      : process_{std::make_shared<process>(loop, rate, seed, until, std::move(fire))} {
    if (rate > 0) process::go_on(process_);
  }
  ~arrivals() { process_->until = moment::min(); }
  arrivals(const arrivals&) = delete;
  arrivals& operator=(const arrivals&) = delete;

private:
  /// Outlives its owner by the one wait that is under way.
  struct process {
    process(boost::asio::io_context& loop, double rate, std::uint64_t seed, moment end,
            std::function<void(moment)> what)
        : timer{loop}, gap{rate > 0 ? rate : 1}, dice{seed}, until{end}, fire{std::move(what)} {}

    void draw() {
      due += std::chrono::duration_cast<clock_type::duration>(std::chrono::duration<double>(gap(dice)));
    }

    static void go_on(const std::shared_ptr<process>& self) {
      for (self->draw(); self->due <= clock_type::now() && self->due < self->until; self->draw())
        self->fire(self->due);
      if (self->due >= self->until) return;
      self->timer.expires_at(self->due);
      self->timer.async_wait([self](const boost::system::error_code& stopped) {
        if (stopped || self->due >= self->until) return;
        self->fire(self->due);
        go_on(self);
      });
    }

    boost::asio::steady_timer timer;
    std::exponential_distribution<double> gap;
    std::mt19937_64 dice;
    moment due = clock_type::now();
    moment until;
    std::function<void(moment)> fire;
  };

  std::shared_ptr<process> process_;
};

}  // namespace overload
