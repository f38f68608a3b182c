#pragma once
/// A Poisson process of its own seed: what is due comes when it is due, whatever became of what came before.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <random>

#include "bench/overload/figures.hpp"

namespace overload {

class arrivals {
public:
  /// `fire(due)` so many times a second on average, from now until `until`; not at all if the rate is zero.
  arrivals(boost::asio::io_context& loop, double rate, std::uint64_t seed, moment until,
           std::function<void(moment due)> fire)
      : timer_{loop}, gap_{rate > 0 ? rate : 1}, dice_{seed}, until_{until}, fire_{std::move(fire)} {
    if (rate > 0) next();
  }

private:
  void next() {
    due_ += std::chrono::duration_cast<clock_type::duration>(std::chrono::duration<double>(gap_(dice_)));
    while (due_ <= clock_type::now() && due_ < until_) {
      fire_(due_);
      due_ += std::chrono::duration_cast<clock_type::duration>(std::chrono::duration<double>(gap_(dice_)));
    }
    if (due_ >= until_) return;
    timer_.expires_at(due_);
    timer_.async_wait([this](const boost::system::error_code& stopped) {
      if (stopped) return;
      fire_(due_);
      next();
    });
  }

  boost::asio::steady_timer timer_;
  std::exponential_distribution<double> gap_;
  std::mt19937_64 dice_;
  moment due_ = clock_type::now();
  moment until_;
  std::function<void(moment)> fire_;
};

}  // namespace overload
