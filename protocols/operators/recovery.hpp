#pragma once
/// What a starting server knows of the operators.

#include <vector>

#include "protocols/operators/images.hpp"

namespace chautari {

struct recovered_operators {
  std::vector<operator_image> operators;         ///< All of them, inactive ones too.
  std::vector<operator_session_image> sessions;  ///< Neither revoked nor expired.
};

}  // namespace chautari
