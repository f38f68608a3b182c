#include "protocols/operations/doors.hpp"

#include <array>

namespace chautari {

std::string_view to_text(feed_severity level) {
  constexpr std::array<std::string_view, 3> names{"info", "warning", "alarm"};
  return names.at(static_cast<std::size_t>(level));
}

}  // namespace chautari
