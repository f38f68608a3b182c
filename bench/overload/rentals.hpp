#pragma once
/// Rentals one after another: somebody idle starts one where there is a bank, carries it for a while, brings
/// it to another cabinet and is idle again.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/overload/cabinets.hpp"
#include "bench/overload/figures.hpp"
#include "bench/overload/web_pool.hpp"

namespace overload {

class rentals {
public:
  rentals(boost::asio::io_context& loop, web_pool& web, fleet& cabinets, std::vector<std::string> tokens,
          std::string package);

  /// One start, counted in `told`; `done` when it is answered, whatever the answer.
  void start(const std::shared_ptr<figures>& told, moment due, const std::function<void()>& done = {});
  /// Banks that lie around longer than anybody carries one (the answer was lost) are brought back; call it
  /// once a second.
  void look_around();
  /// Somebody carries so many banks; while `keeps` nobody brings one back.
  [[nodiscard]] std::size_t banks_out() const { return out_.size(); }
  /// Brings back so many of those that are out, where no line is.
  std::size_t bring_to_the_dark(std::size_t wanted);

  std::chrono::milliseconds carried{1'000};
  bool keeps = false;

private:
  struct carried_bank {
    moment since;
    std::size_t rider = nobody;
    bool is_on_its_way = false;
  };
  static constexpr std::size_t nobody = SIZE_MAX;

  void started(std::string_view body, std::size_t rider);
  void come_out(bank what);
  void plan_return(bank what, std::chrono::milliseconds after);
  void bring_back(bank what);
  void later(std::chrono::milliseconds after, std::function<void()> what);

  boost::asio::io_context& loop_;
  web_pool& web_;
  fleet& cabinets_;
  std::vector<std::string> tokens_;
  std::string package_;
  std::deque<std::size_t> idle_;  ///< Who rented last is first: his account is awake, as a regular's is.
  std::unordered_map<bank, carried_bank> out_;
  std::unordered_map<bank, std::size_t> promised_;  ///< Answered, but the bank has not come out yet.
  std::uint64_t keys_ = 0;
  std::string run_;
};

}  // namespace overload
