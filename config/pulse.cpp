#include "config/pulse.hpp"

#include <utility>

#include "http/server/monotonic.hpp"

namespace chautari {
namespace {

constexpr seconds beat_every{1};
constexpr std::size_t questions_max = 8;

double seconds_since(monotonic began) {
  return std::chrono::duration<double>(monotonic_now() - began).count();
}

}  // namespace

pulse::pulse(main_loop& loop, caf::actor_system& system, pulse_setup setup)
    : system_{system},
      setup_{std::move(setup)},
      desk_{loop.loop(), system, questions_max},
      timer_{loop.loop()} {}

void pulse::start() {
  look();
  beat();
}

void pulse::beat() {
  timer_.expires_after(beat_every);
  timer_.async_wait([this](boost::system::error_code why) {
    if (why) return;
    look();
    beat();
  });
}

template <class Answer, class Handle, class Message>
void pulse::measure(question& which, const char* name, const Handle& actor, Message message) {
  if (which.is_open) return;
  const auto tell = [this, &which, name, began = monotonic_now()] {
    which.is_open = false;
    setup_.figures->actor_answered(name, seconds_since(began));
  };
  // "No such station" is an answer like any other: what counts is how long it took.
  which.is_open = desk_.ask<Answer>(
                      actor, std::move(message), [tell](const Answer&) { tell(); },
                      [tell](const caf::error&) { tell(); }) != 0;
}

void pulse::look() {
  if (!database_.is_open) {
    const auto close = [this, began = monotonic_now()] {
      database_.is_open = false;
      setup_.figures->reader_answered(seconds_since(began));
    };
    database_.is_open = desk_.ask<bool>(
                            setup_.readers, is_database_ready_atom::value,
                            [this, close](bool is_ready) {
                              close();
                              if (is_ready) setup_.ready->database_answered(setup_.now());
                            },
                            [close](const caf::error&) { close(); }) != 0;
  }
  measure<station_view>(stations_, "stations", setup_.stations, look_at_station{});
  measure<rental_image>(rentals_, "rentals", setup_.rentals, look_at_rental{});
  setup_.figures->actors_running(system_.registry().running());
  if (setup_.log != nullptr) setup_.figures->log_lines_lost(setup_.log->lines_lost());
}

}  // namespace chautari
