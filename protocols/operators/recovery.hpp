#pragma once
/// The operators and their live sessions, as the database has them at start.

#include <vector>

#include "protocols/operators/images.hpp"

namespace chautari {

/// Every operator, active or not, and every session that is neither over nor revoked.
struct recovered_operators {
  std::vector<operator_image> operators;
  std::vector<operator_session_image> sessions;
};

}  // namespace chautari
