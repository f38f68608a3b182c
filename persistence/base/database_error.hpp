#pragma once
/// What the database (or the lack of one) said.

#include <stdexcept>
#include <string>
#include <utility>

namespace chautari {

struct database_error : std::runtime_error {
  /// `data`: this very data is refused and always will be. `doubt`: the server failed at it and does not say
  /// whose fault it is; try once more. `trouble`: the server or the way to it; try again later.
  enum class kind { data, doubt, trouble };

  database_error(kind why, std::string guard, const std::string& message)
      : std::runtime_error{message}, reason{why}, constraint{std::move(guard)} {}

  kind reason;
  std::string constraint;  ///< Name of the guard that refused; the SQLSTATE if it has no name or is no guard.
};

/// A guard of ours that no index can express: an image that is not newer than what is stored.
[[nodiscard]] inline database_error stale_image(const std::string& guard, const std::string& which) {
  return {database_error::kind::data, guard, "not newer than the stored image: " + which};
}

}  // namespace chautari
