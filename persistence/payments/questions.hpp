#pragma once
/// Questions about payment intents; see persistence/reader/questions.hpp.

#include <optional>

#include "persistence/base/connection.hpp"
#include "protocols/payments/messages.hpp"

namespace chautari {

[[nodiscard]] std::optional<intent_lookup> answer(database_connection& database, const load_intent& question);
/// Nothing: the cursor is none of ours.
[[nodiscard]] std::optional<intent_page> answer(database_connection& database, const list_intents& question);

}  // namespace chautari
