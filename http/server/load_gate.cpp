#include "http/server/load_gate.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

#include "http/server/door.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

namespace {

/// Permits that may be saved for a burst: what comes in this time.
constexpr double burst_s = 0.05;
/// When nothing has been finished lately (a database that hung), so many a second look whether it goes again.
constexpr double searching_rate = 20;

double in_seconds(monotonic span) { return std::chrono::duration<double>(span).count(); }

std::size_t place_of(work_kind what) { return static_cast<std::size_t>(what); }

/// Of the slots of a lane; what is left over is for cabinets and operators.
std::size_t share_of(work_kind what, std::size_t slots) {
  switch (what) {
    case work_kind::new_rental:
      return slots / limits::new_rentals_slots_part;
    case work_kind::reads:
      return slots / limits::reads_slots_part;
    case work_kind::rider:
      return slots / limits::riders_slots_part;
    case work_kind::cabinets:
    case work_kind::operators:
      break;
  }
  return std::numeric_limits<std::size_t>::max();  // The desk itself is theirs.
}

}  // namespace

std::string_view to_text(work_kind what) {
  switch (what) {
    case work_kind::reads:
      return "reads";
    case work_kind::new_rental:
      return "new_rental";
    case work_kind::rider:
      return "rider";
    case work_kind::cabinets:
      return "cabinets";
    case work_kind::operators:
      break;
  }
  return "operators";
}

void standing_queue::note(monotonic wait, monotonic now) {
  wait_ = wait;
  if (wait <= limits::wait_target) {
    long_since_.reset();
    if (is_standing_ && now - long_at_ >= limits::overload_calm) is_standing_ = false;
    return;
  }
  long_at_ = now;
  if (!long_since_) long_since_ = now;
  if (now - *long_since_ >= limits::wait_standing) is_standing_ = true;
}

void paced_rate::note_finished(std::size_t total, monotonic now) {
  if (!counted_at_) counted_at_ = now;
  if (now - *counted_at_ < seconds{1}) return;
  seconds_[next_] = static_cast<double>(total - counted_) / in_seconds(now - *counted_at_);
  next_ = (next_ + 1) % seconds_.size();
  counted_ = total;
  counted_at_ = now;
}

double paced_rate::finished_per_second() const {
  auto best_first = seconds_;
  std::nth_element(best_first.begin(), best_first.begin() + 2, best_first.end(), std::greater{});
  return std::max(searching_rate, best_first[2]);
}

bool paced_rate::take(monotonic wait, monotonic now) {
  const auto targets = in_seconds(wait) / in_seconds(limits::wait_target);
  const auto share = targets < 1 ? 1 + (1 - targets) / 3 : 1 - (targets - 1) / 8;
  const auto rate = targets < 4 ? finished_per_second() * share : 0;
  const auto earned = rate * in_seconds(now - std::exchange(filled_at_, now));
  permits_ = std::min(permits_ + earned, std::max(1.0, rate * burst_s));
  if (permits_ < 1 || rate == 0) return false;
  permits_ -= 1;
  return true;
}

load_gate::load_gate(const door_options& options, std::uint64_t seed)
    : options_{options}, dice_{static_cast<std::minstd_rand::result_type>(seed)} {
  for (std::size_t at = 0; at < work_kinds; ++at)
    under_way_max_[at] = std::max<std::size_t>(1, share_of(static_cast<work_kind>(at), options.slots_max));
}

void load_gate::actors_asked() { asked_at_ = options_.ticks(); }

void load_gate::actors_answered() {
  if (asked_at_) answered_after_ = options_.ticks() - *asked_at_;
  asked_at_.reset();
}

void load_gate::look(monotonic now) {
  actors_.note(asked_at_ ? std::max(answered_after_, now - *asked_at_) : answered_after_, now);
  if (options_.storage_wait) storage_.note(options_.storage_wait(), now);
}

void load_gate::tick() {
  const auto now = options_.ticks();
  look(now);
  new_rentals_.note_finished(new_rentals_begun_ - under_way_[place_of(work_kind::new_rental)], now);
}

bool load_gate::must_wait(work_kind what) {
  if (!is_overloaded()) return false;
  const auto now = options_.ticks();
  look(now);
  const auto longest = std::max(actors_.wait(), storage_.wait());
  switch (what) {
    case work_kind::reads:  // Memory answers nearly all of them, whatever the database does.
      return actors_.wait() > limits::wait_target;
    case work_kind::new_rental:
      return !new_rentals_.take(longest, now);
    case work_kind::rider:
      return longest > limits::riders_wait_target;
    case work_kind::cabinets:
    case work_kind::operators:
      break;
  }
  return false;
}

std::optional<failure> load_gate::judge(work_kind what) {
  const auto place = place_of(what);
  if (under_way_[place] < under_way_max_[place] && !must_wait(what)) return {};
  std::uniform_int_distribution<std::int64_t> pause{limits::overload_retry_first.count(),
                                                    limits::overload_retry_last.count()};
  return failure{.status = 503, .code = "overloaded", .retry_after = seconds{pause(dice_)}};
}

load_gate::pass load_gate::enter(work_kind what) {
  auto& count = under_way_[place_of(what)];
  ++count;
  if (what == work_kind::new_rental) ++new_rentals_begun_;
  return pass{&count};
}

}  // namespace chautari
