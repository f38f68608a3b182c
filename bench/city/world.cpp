#include "bench/city/world.hpp"

#include <algorithm>

namespace city {

int cabinet_body::slot_of(chautari::bank_sn serial_number) const {
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots[i] && slots[i]->serial == serial_number) return static_cast<int>(i) + 1;
  }
  return 0;
}

int cabinet_body::empty_slot() const {
  const auto found = std::find(slots.begin(), slots.end(), std::nullopt);
  return found == slots.end() ? 0 : static_cast<int>(found - slots.begin()) + 1;
}

std::size_t cabinet_body::banks() const {
  return static_cast<std::size_t>(
      std::count_if(slots.begin(), slots.end(), [](const auto& s) { return s.has_value(); }));
}

std::chrono::milliseconds world::paced(std::int64_t ms) const {
  if (setup.is_load()) return std::chrono::milliseconds{0};
  return std::chrono::milliseconds{static_cast<std::int64_t>(static_cast<double>(ms) / setup.speed)};
}

}  // namespace city
