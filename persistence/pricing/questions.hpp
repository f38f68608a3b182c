#pragma once
/// Questions about prices; see persistence/reader/questions.hpp.

#include <optional>

#include "persistence/base/connection.hpp"
#include "protocols/pricing/messages.hpp"

namespace chautari {

/// Of late-fee terms nothing is counted: a rental keeps a copy of them and forgets whose.
[[nodiscard]] std::optional<price_uses> answer(database_connection& database,
                                               const count_price_uses& question);

}  // namespace chautari
