#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <fstream>
#include <stdexcept>

#include "bench/overload/arrivals.hpp"
#include "bench/overload/loads.hpp"
#include "bench/overload/rentals.hpp"

namespace overload {
namespace {

using namespace std::chrono_literals;

constexpr auto mark_every = 15s;

/// The p99 of the starts that were due in each second.
boost::json::array p99_by_second(const figures& told) {
  boost::json::array all;
  for (const auto& [second, micros] : told.micros_by_second)
    all.push_back(boost::json::array{second, percentile_ms(micros, 0.99)});
  return all;
}

class storm_run {
public:
  explicit storm_run(const options& setup)
      : setup_{setup},
        web_{loop_, setup.http_port, setup.connections},
        cabinets_{loop_, setup.broker, setup.first, setup.cabinets, setup.slots, setup.seed},
        tick_{loop_} {
    cabinets_.says_all_on_connect = false;
    cabinets_.pause = [this](int failures) {
      // Power and mobile network of each are its own; who finds nobody tries again soon.
      const auto spread = failures > 1 ? 4'000 : static_cast<std::uint64_t>(setup_.back_within - 1) * 1'000;
      return std::chrono::milliseconds{1'000 + cabinets_.dice() % spread};
    };
  }

  boost::json::object run();

private:
  void open();
  void every_second();
  void lose_the_broker();
  [[nodiscard]] double wait_for_all(std::chrono::seconds patience);
  [[nodiscard]] std::size_t unchecked();

  const options& setup_;
  boost::asio::io_context loop_{1};
  web_pool web_;
  fleet cabinets_;
  std::unique_ptr<rentals> rentals_;
  boost::asio::steady_timer tick_;
  std::uint64_t seconds_ = 0;
  boost::json::array connected_by_second_;
  bool is_counting_ = false;
};

void storm_run::every_second() {
  rentals_->look_around();
  ++seconds_;
  if (is_counting_) connected_by_second_.push_back(cabinets_.connected());
  // A fifteenth of the cabinets each second: each says so many marks as real ones say heartbeats, and more.
  for (std::size_t at = seconds_ % static_cast<std::uint64_t>(mark_every.count()); at < cabinets_.size();
       at += static_cast<std::size_t>(mark_every.count())) {
    if (cabinets_.at(at).is_connected()) cabinets_.at(at).say_mark();
  }
  tick_.expires_after(1s);
  tick_.async_wait([this](const boost::system::error_code& stopped) {
    if (!stopped) every_second();
  });
}

void storm_run::open() {
  for (std::size_t number = 0; number < cabinets_.size(); ++number) {
    cabinets_.at(number).connect();
    if (number % 10 == 0) work_for(loop_, 10ms);  // mosquitto lets a hundred wait at its door.
  }
  if (wait_for_all(120s) < 0) throw std::runtime_error{"not every cabinet has a line"};
  std::string package;
  web_.ask({.text = request_text("GET", "/api/rentals/packages", {}),
            .heard = [&package](const web_answer& answer) {
              const auto said = boost::json::parse(answer.body);
              package = said.at("data").at("results").at(0).at("id").as_string();
            }});
  work_for(loop_, 2s);
  if (package.empty()) throw std::runtime_error{"the server names no package"};
  rentals_ = std::make_unique<rentals>(loop_, web_, cabinets_, lines_of(setup_.tokens_file), package);
  every_second();
}

/// Seconds until every cabinet has a line; -1 if the patience ends before.
double storm_run::wait_for_all(std::chrono::seconds patience) {
  const auto begun = clock_type::now();
  while (cabinets_.connected() < cabinets_.size()) {
    if (clock_type::now() - begun > patience) return -1;
    work_for(loop_, 100ms);
  }
  return std::chrono::duration<double>(clock_type::now() - begun).count();
}

std::size_t storm_run::unchecked() {
  std::size_t count = 0;
  for (std::size_t at = 0; at < cabinets_.size(); ++at)
    count += cabinets_.at(at).was_checked ? 0 : 1;
  return count;
}

/// Tells whoever starts and ends programs that the moment has come, and waits until it is felt.
void storm_run::lose_the_broker() {
  for (std::size_t at = 0; at < cabinets_.size(); ++at)
    cabinets_.at(at).was_checked = false;
  std::ofstream{setup_.ready_file} << "ready\n";
  const auto begun = clock_type::now();
  while (cabinets_.connected() > 0) {
    if (clock_type::now() - begun > 90s) throw std::runtime_error{"the broker did not go"};
    work_for(loop_, 20ms);
  }
}

boost::json::object storm_run::run() {
  open();
  rentals_->keeps = true;  // Banks to bring back while it is dark.
  const auto gather = std::make_shared<figures>();
  {
    const arrivals starts{loop_, setup_.storm_rate, setup_.seed, clock_type::now() + 5s,
                          [&](moment due) { rentals_->start(gather, due); }};
    work_for(loop_, 7s);
  }
  const auto said_before = cabinets_.counted;
  lose_the_broker();
  const auto brought = rentals_->bring_to_the_dark(setup_.dark_returns);
  rentals_->keeps = false;
  const auto marks_before = cabinets_.counted.marks;
  is_counting_ = true;
  const auto during = std::make_shared<figures>();
  const auto lost_at = clock_type::now();
  auto until = lost_at + std::chrono::seconds{setup_.back_within} + 20s;
  during->over = until;
  const arrivals starts{loop_, setup_.storm_rate, setup_.seed + 1, until,
                        [&](moment due) { rentals_->start(during, due); }};
  const auto all_back = wait_for_all(std::chrono::seconds{setup_.back_within} + 30s);
  is_counting_ = false;
  // The server asks each for a snapshot, spread over a minute of its own.
  double all_checked = -1;
  while (clock_type::now() < lost_at + std::chrono::seconds{setup_.back_within} + 75s) {
    work_for(loop_, 200ms);
    if (all_checked < 0 && unchecked() == 0)
      all_checked = std::chrono::duration<double>(clock_type::now() - lost_at).count();
    if (all_checked >= 0 && clock_type::now() >= until) break;
  }
  for (int patience = 0; patience < 150 && rentals_->banks_out() > 0; ++patience)
    work_for(loop_, 100ms);
  tick_.cancel();
  work_for(loop_, 5s);
  const auto& said = cabinets_.counted;
  return {{"cabinets", cabinets_.size()},
          {"all_back_s", all_back},
          {"not_checked", unchecked()},
          {"all_checked_s", all_checked},
          {"connects", said.connects - said_before.connects},
          {"lost_again", said.connects - said_before.connects - cabinets_.size()},
          {"checks_answered", said.checks_answered - said_before.checks_answered},
          {"marks_after", said.marks - marks_before},
          {"returns_in_the_dark", brought},
          {"starts_before", gather->summary()},
          {"starts_during", during->summary()},
          {"p99_by_second", p99_by_second(*during)},
          {"banks_left_out", rentals_->banks_out()},
          {"connected_by_second", connected_by_second_}};
}

}  // namespace

boost::json::object reconnect_storm(const options& setup) { return storm_run{setup}.run(); }

}  // namespace overload
