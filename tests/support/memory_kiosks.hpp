#pragma once
/// What the memory reader answers about cabinets and their commands.

#include "tests/support/memory_store.hpp"

namespace chautari::testing {

[[nodiscard]] command_precedent answer(const memory_store& db, const look_for_command& query);
[[nodiscard]] command_lookup answer(const memory_store& db, const load_command& query);
[[nodiscard]] command_page answer(const memory_store& db, const list_commands& query);
[[nodiscard]] cabinet_report_page answer(const memory_store& db, const list_cabinet_reports& query);
[[nodiscard]] kiosk_past answer(const memory_store& db, const load_kiosk& query);
/// Newest first.
[[nodiscard]] cabinet_explanation answer(const memory_store& db, const load_cabinet_explanation& query);
[[nodiscard]] stranger_page answer(const memory_store& db, const list_strangers& query);
[[nodiscard]] registry_entry answer(const memory_store& db, const load_registry_entry& query);

}  // namespace chautari::testing
