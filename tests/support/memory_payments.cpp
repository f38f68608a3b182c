#include "tests/support/memory_payments.hpp"

#include <algorithm>

namespace chautari::testing {

intent_lookup answer(const memory_store& db, const load_intent& query) {
  const auto found = db.intents.find(query.intent);
  if (found == db.intents.end()) return {};
  if (!query.rider.is_nil() && !(found->second.rider == query.rider)) return {};
  return {found->second};
}

intent_page answer(const memory_store& db, const list_intents& query) {
  intent_page page;
  for (const auto& [id, intent] : db.intents) {
    const bool is_wanted = (!query.rider || intent.rider == *query.rider) &&
                           (!query.status || intent.status == *query.status) &&
                           (!query.purpose || intent.purpose == *query.purpose) &&
                           (query.reference.empty() || intent.provider_ref == query.reference);
    if (is_wanted) page.intents.push_back(intent);
  }
  std::stable_sort(page.intents.begin(), page.intents.end(),
                   [](const auto& a, const auto& b) { return a.created_at > b.created_at; });
  return page;
}

}  // namespace chautari::testing
