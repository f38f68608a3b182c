#pragma once
/// Once a second: does the database answer, how long do the actors take, how much has the log lost. Lives on
/// the main thread.

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>

#include "config/logging.hpp"
#include "config/main_loop.hpp"
#include "config/metrics.hpp"
#include "config/readiness.hpp"
#include "persistence/reader/reader_pool.hpp"
#include "protocols/rentals/interface.hpp"
#include "protocols/stations/interface.hpp"

namespace chautari {

struct pulse_setup {
  reader_pool_actor readers;
  stations_actor stations;
  rentals_actor rentals;
  clock_source now;
  const logging* log = nullptr;
  std::shared_ptr<metrics> figures;
  std::shared_ptr<readiness> ready;
};

class pulse {
public:
  pulse(main_loop& loop, caf::actor_system& system, pulse_setup setup);
  pulse(const pulse&) = delete;
  pulse& operator=(const pulse&) = delete;

  /// Until destroyed.
  void start();

private:
  /// At most one question of a kind is under way: one that is not answered is told by its age.
  struct question {
    bool is_open = false;
  };

  void beat();
  void look();
  template <class Answer, class Handle, class Message>
  void measure(question& which, const char* name, const Handle& actor, Message message);

  caf::actor_system& system_;
  pulse_setup setup_;
  desk desk_;
  boost::asio::steady_timer timer_;
  question database_, stations_, rentals_;
};

}  // namespace chautari
