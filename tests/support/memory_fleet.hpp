#pragma once
/// Questions about issues, amenities and the fleet, answered from the memory store.

#include "protocols/stations/questions.hpp"
#include "tests/support/memory_store.hpp"

namespace chautari::testing {

row_count answer(const memory_store& db, const count_open_rentals_at& query);
row_count answer(const memory_store& db, const count_amenity_uses& query);
issue_lookup answer(const memory_store& db, const load_issue& query);
issue_lookup answer(const memory_store& db, const find_open_report& query);
/// The first page only.
issue_page answer(const memory_store& db, const list_issues& query);
bank_page answer(const memory_store& db, const list_banks& query);
bank_story answer(const memory_store& db, const show_bank& query);
bank_rentals answer(const memory_store& db, const list_bank_rentals& query);

}  // namespace chautari::testing
