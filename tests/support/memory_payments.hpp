#pragma once
/// Questions about payment intents, answered from the memory store.

#include "tests/support/memory_store.hpp"

namespace chautari::testing {

[[nodiscard]] intent_lookup answer(const memory_store& db, const load_intent& query);
/// Newest first; one page, without a cursor.
[[nodiscard]] intent_page answer(const memory_store& db, const list_intents& query);

}  // namespace chautari::testing
