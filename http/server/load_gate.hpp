#pragma once
/// Who is let in when more is asked than can be done. One per lane; decides from what it was told, before any
/// actor is asked.
///
/// Two queues may grow behind a lane: messages that wait for the actors, and records that wait for the
/// database. Their waits are measured; a queue that does not empty (RFC 8289, 3: its wait stays above a
/// target for an interval) is overload. Then reads and riders' changes are refused while the wait is too
/// long, and new rentals, whose work reaches the queues late and for seconds, are let in at the rate at which
/// they were finished, a little faster or slower as the wait is below or above the target: what goes on is
/// served soon, and the queue never runs dry.

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string_view>

#include "http/server/monotonic.hpp"
#include "http/server/response.hpp"

namespace chautari {

struct door_options;

/// Whose work a request is. Reads and new rentals are refused first: nobody loses anything. Then what riders
/// do otherwise. Cabinets (a return is a fact already) and operators (who must be able to help) are refused
/// by their hard limits alone.
enum class work_kind : std::uint8_t { reads, new_rental, rider, cabinets, operators };
inline constexpr std::size_t work_kinds = 5;
[[nodiscard]] std::string_view to_text(work_kind what);

/// The wait in one queue, and whether it has stood there for long. Pure; `now` never runs backwards.
class standing_queue {
public:
  void note(monotonic wait, monotonic now);
  /// From the moment the wait has been above `limits::wait_target` for `limits::wait_standing` without a
  /// break until it has not been there for `limits::overload_calm`.
  [[nodiscard]] bool is_standing() const { return is_standing_; }
  /// As it was noted last.
  [[nodiscard]] monotonic wait() const { return wait_; }

private:
  monotonic wait_{0};
  std::optional<monotonic> long_since_;  ///< Above the target without a break.
  monotonic long_at_{0};                 ///< When it was above the target last.
  bool is_standing_ = false;
};

/// How many are let in a second while there is overload: as many as were finished in a good second lately, a
/// third more when nobody waits, an eighth fewer for each target of wait above the first, none from four on.
/// So the wait settles where both are equal, whatever the capacity has become. Steeper is no better: a start
/// reaches the queues for most of a second, and the rate would swing. Pure; `now` never runs backwards.
class paced_rate {
public:
  /// How many have been finished so far; told on every tick.
  void note_finished(std::size_t total, monotonic now);
  /// True if one more may begin now, the wait being what it is.
  [[nodiscard]] bool take(monotonic wait, monotonic now);
  /// In the third best of the last ten seconds, so that neither a burst nor a pause decides, but never less
  /// than what lets it find the capacity again.
  [[nodiscard]] double finished_per_second() const;

private:
  std::array<double, 10> seconds_{};  ///< Rates, the oldest is overwritten next.
  std::size_t next_ = 0;
  std::size_t counted_ = 0;
  std::optional<monotonic> counted_at_;
  double permits_ = 0;
  monotonic filled_at_{0};
};

class load_gate {
public:
  /// A request under way; it counts until this is gone.
  struct counted_out {
    void operator()(std::size_t* under_way) const { --*under_way; }
  };
  using pass = std::unique_ptr<std::size_t, counted_out>;

  /// Takes time, slots and the wait for the database from `options`, which outlive it.
  load_gate(const door_options& options, std::uint64_t seed);

  /// Nothing: let it in. Else 503 `overloaded` with a Retry-After that does not bring everybody back at once.
  [[nodiscard]] std::optional<failure> judge(work_kind what);
  /// After `judge`, when the handler begins.
  [[nodiscard]] pass enter(work_kind what);

  /// A sample message has been sent to the actors: its age is their wait until it is answered.
  void actors_asked();
  void actors_answered();
  [[nodiscard]] bool are_actors_asked() const { return asked_at_.has_value(); }

  /// Looks at both queues and at what was finished; called on every tick.
  void tick();
  [[nodiscard]] bool is_overloaded() const { return actors_.is_standing() || storage_.is_standing(); }
  [[nodiscard]] const standing_queue& actors() const { return actors_; }
  [[nodiscard]] const standing_queue& storage() const { return storage_; }

private:
  void look(monotonic now);
  [[nodiscard]] bool must_wait(work_kind what);

  const door_options& options_;
  standing_queue actors_;
  standing_queue storage_;
  paced_rate new_rentals_;
  std::size_t new_rentals_begun_ = 0;
  std::optional<monotonic> asked_at_;
  monotonic answered_after_{0};
  std::array<std::size_t, work_kinds> under_way_{};
  std::array<std::size_t, work_kinds> under_way_max_{};
  std::minstd_rand dice_;  ///< Spreads the comebacks; nothing depends on who guesses it.
};

}  // namespace chautari
