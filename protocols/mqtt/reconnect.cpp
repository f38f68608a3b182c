#include "protocols/mqtt/reconnect.hpp"

#include <algorithm>

namespace chautari {

milliseconds reconnect_delay(unsigned attempt, milliseconds shortest, milliseconds longest,
                             std::uint64_t random) {
  auto full = shortest;
  for (unsigned n = 0; n < attempt && full < longest; ++n)
    full *= 2;
  full = std::min(full, longest);
  const auto spread = static_cast<std::uint64_t>(full.count()) / 2;
  const auto wait = static_cast<std::uint64_t>(full.count()) - random % (spread + 1);
  return std::max(shortest, milliseconds{static_cast<milliseconds::rep>(wait)});
}

}  // namespace chautari
