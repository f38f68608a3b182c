/// The simulated city: virtual cabinets over the real protocol, virtual riders over the public API, and an
/// honest look at the end.

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <cstdio>
#include <exception>
#include <fstream>

#include "bench/city/check.hpp"
#include "bench/city/rider.hpp"

namespace city {
namespace {

using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

void rethrow(const std::exception_ptr& failed) {
  if (failed) std::rethrow_exception(failed);
}

double seconds_since(clock_type::time_point begin) {
  return std::chrono::duration<double>(clock_type::now() - begin).count();
}

struct city {
  boost::asio::io_context loop{1};
  const options& setup;
  world around;
  city_map map;
  spool mailbox;
  std::vector<std::unique_ptr<rider>> riders;
  clock_type::time_point begun = clock_type::now();
  double lived_seconds = 0;
  int exit_code = 0;

  explicit city(const options& wishes)
      : setup(wishes),
        around{.loop = loop,
               .setup = wishes,
               .faults = wishes.faults,
               .counted = {},
               .past = history{wishes.history_file}},
        mailbox(loop, wishes.spool) {}

  task<void> show_live_line() {
    while (!around.is_over) {
      co_await rest(setup.is_load() ? 5s : 2s);
      std::size_t online = 0;
      for (const auto& one : map.cabinets)
        online += one->is_online() ? 1U : 0U;
      std::printf("%s\n", live_line(around.counted, seconds_since(begun), online, around.banks_out).c_str());
      std::fflush(stdout);
    }
  }

  task<void> return_strays(std::vector<bank> strays) {
    // Banks that were out when an earlier city stopped: somebody finds them.
    for (const auto& stray : strays) {
      co_await rest(around.paced(3'000));
      ++around.banks_out;
      for (const auto& place : map.cabinets) {
        if (place->push_in(stray)) break;
      }
    }
  }

  task<void> end_after_time() {
    if (setup.run_seconds == 0) co_return;
    co_await rest(std::chrono::seconds{setup.run_seconds});
    end();
  }

  void end() {
    if (around.is_over) return;
    around.is_over = true;
    lived_seconds = seconds_since(begun);
    boost::asio::co_spawn(loop, settle(), rethrow);
  }

  [[nodiscard]] bool is_at_rest() const {
    for (const auto& one : riders) {
      if (!one->is_at_rest()) return false;
    }
    return true;
  }

  task<void> settle() {
    if (setup.demo) co_return loop.stop();
    for (const auto& one : map.cabinets)
      one->come_to_rest();
    const auto patience = clock_type::now() + std::chrono::seconds{setup.settle_seconds};
    for (auto told = clock_type::now(); !is_at_rest() && clock_type::now() < patience;) {
      co_await rest(200ms);
      if (clock_type::now() - told < 12s) continue;
      told = clock_type::now();
      for (const auto& one : map.cabinets)
        one->come_to_rest();
    }
    if (!is_at_rest()) around.counted.violated("some riders did not come to rest in time");
    // Two snapshots of every cabinet, more than five seconds apart, settle what reports could not. Under load
    // and without a fault there is nothing of the kind.
    const bool is_settled = setup.is_load() && around.counted.faults == 0;
    for (int round = 0; round < 3 && !is_settled; ++round) {
      for (const auto& one : map.cabinets)
        one->come_to_rest();
      co_await rest(6s);
    }
    for (const auto& one : riders) {
      if (one->is_at_rest()) co_await one->compare_books();  // The others' phones are in use.
    }
    around.past.note("lived", "city", {});
    loop.stop();
  }

  void populate() {
    auto found = read_bodies(setup);
    std::uint64_t number = 1;
    for (auto& body : found.bodies)
      map.cabinets.push_back(std::make_unique<cabinet>(around, std::move(body), number++));
    for (const auto& one : map.cabinets)
      one->begin();
    for (std::size_t i = 0; i < setup.riders; ++i) {
      riders.push_back(std::make_unique<rider>(around, map, mailbox, i + 1));
      boost::asio::co_spawn(loop, riders.back()->live(), rethrow);
    }
    boost::asio::co_spawn(loop, return_strays(std::move(found.strays)), rethrow);
    boost::asio::co_spawn(loop, end_after_time(), rethrow);
    if (!setup.quiet) boost::asio::co_spawn(loop, show_live_line(), rethrow);
  }

  int live() {
    boost::asio::signal_set signals{loop, SIGINT, SIGTERM};
    signals.async_wait([this](const boost::system::error_code& stopped, int) {
      if (!stopped) end();
    });
    // SIGUSR1: everybody has signed in; latencies count from here.
    boost::asio::signal_set fresh{loop, SIGUSR1};
    fresh.async_wait([this](const boost::system::error_code& stopped, int) {
      if (!stopped) around.counted.forget_latencies();
    });
    populate();
    loop.run();
    if (setup.demo) return 0;
    for (auto& sentence : compare_with_database(setup, map))
      around.counted.violated(std::move(sentence));
    std::fputs(summary_text(around.counted, lived_seconds).c_str(), stdout);
    if (!setup.summary_file.empty())
      std::ofstream{setup.summary_file} << summary_json(around.counted, lived_seconds) << '\n';
    const bool is_consistent = around.counted.violations.empty();
    std::puts(is_consistent ? "The network is consistent." : "The network is NOT consistent.");
    return is_consistent ? 0 : 1;
  }
};

int check_only(const options& setup) {
  const auto findings = audit_database(setup);
  for (const auto& sentence : findings)
    std::printf("  BROKEN: %s\n", sentence.c_str());
  std::puts(findings.empty() ? "The network is consistent." : "The network is NOT consistent.");
  return findings.empty() ? 0 : 1;
}

}  // namespace
}  // namespace city

int main(int argc, char** argv) {
  city::options setup;
  int exit_code = 0;
  if (!city::read_options(argc, argv, setup, exit_code)) return exit_code;
  try {
    if (setup.check_only) return city::check_only(setup);
    return city::city{setup}.live();
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "city: %s\n", failed.what());
    return 2;
  }
}
