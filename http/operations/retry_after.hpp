#pragma once
/// How long a refused caller is to wait, where the actor that refused knows it.

#include "http/server/desk.hpp"

namespace chautari {

/// Of a refusal whose context is {"retry_after": seconds}; else `otherwise`.
[[nodiscard]] std::int64_t retry_after_of(const caf::error& why, std::int64_t otherwise);

}  // namespace chautari
