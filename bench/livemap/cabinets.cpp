#include "bench/livemap/cabinets.hpp"

#include <algorithm>

#include "protocols/kiosks/cabinet_a8.hpp"

namespace livemap {
namespace {

constexpr int board_slots = 4;
constexpr std::uint8_t full_percent = 90, empty_percent = 5;

std::vector<std::uint8_t> snapshot_of(std::size_t station, bool is_full) {
  chautari::cabinet_snapshot all;
  for (int number = 1; number <= slots_a_station; ++number) {
    if ((number - 1) % board_slots == 0)
      all.boards.push_back(
          {.index = static_cast<std::uint8_t>((number - 1) / board_slots + 1), .undefined = 4, .slots = {}});
    chautari::slot_record record{.slot = static_cast<std::uint8_t>(number), .sensors = 0x80};
    if (number % 2 == 1) {
      record.state = 1;
      record.sn = {
          static_cast<std::uint32_t>(1'000'000'000 + station * 100 + static_cast<std::size_t>(number))};
      record.charge_percent = number > 1 || is_full ? full_percent : empty_percent;
      record.temperature_c = 24;
      record.sensors = 0;
    }
    all.boards.back().slots.push_back(record);
  }
  return chautari::encode(all);
}

}  // namespace

void cabinets::turn(double per_second, int patience_ms) {
  const auto now = clock_type::now();
  const auto due = std::chrono::duration<double>(now - spoken_until_).count() * per_second;
  const auto count = std::min(static_cast<std::size_t>(due), said_.size());
  if (count > 0) {
    // A second that was missed is not made up for: the rate would lie.
    spoken_until_ =
        due > per_second
            ? now
            : spoken_until_ + std::chrono::duration_cast<clock_type::duration>(
                                  std::chrono::duration<double>(static_cast<double>(count) / per_second));
  }
  for (std::size_t at = 0; at < count; ++at) {
    auto& one = said_[next_];
    const bool is_full = one.rentable != rentable_full;
    if (fleet_.say(next_, chautari::cabinet_channel::update, snapshot_of(next_ + 1, is_full))) {
      one = {is_full ? rentable_full : rentable_full - 1, clock_type::now()};
      ++changes_;
    }
    next_ = (next_ + 1) % said_.size();
  }
  fleet_.turn(patience_ms);
}

const clock_type::time_point* cabinets::said(std::size_t number, int rentable) const {
  if (number == 0 || number > said_.size()) return nullptr;
  const auto& one = said_[number - 1];
  return one.rentable == rentable ? &one.at : nullptr;
}

}  // namespace livemap
