#pragma once
/// Questions about rentals, and about the use of prices, answered from the memory store.

#include "tests/support/memory_store.hpp"

namespace chautari::testing {

[[nodiscard]] found_rental found_of(const memory_store& db, const rental_image& rental);
[[nodiscard]] rental_story answer(const memory_store& db, const load_rental_story& query);
[[nodiscard]] rental_explanation answer(const memory_store& db, const load_explanation& query);
[[nodiscard]] rental_stats answer(const memory_store& db, const load_rental_stats& query);
/// The first page only.
[[nodiscard]] rental_issue_page answer(const memory_store& db, const list_rental_issues& query);
[[nodiscard]] rider_habits answer(const memory_store& db, const count_rider_habits& query);
[[nodiscard]] price_uses answer(const memory_store& db, const count_price_uses& query);
[[nodiscard]] row_count answer(const memory_store& db, const count_free_ejections& query);
/// Everything, unsorted.
[[nodiscard]] revenue_page answer(const memory_store& db, const list_revenue& query);

}  // namespace chautari::testing
