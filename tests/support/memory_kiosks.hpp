#pragma once
/// What the memory reader answers about cabinets and their commands.

#include "tests/support/memory_store.hpp"

namespace chautari::testing {

[[nodiscard]] command_precedent answer(const memory_store& db, const look_for_command& query);
[[nodiscard]] command_lookup answer(const memory_store& db, const load_command& query);
[[nodiscard]] command_page answer(const memory_store& db, const list_commands& query);
[[nodiscard]] cabinet_report_page answer(const memory_store& db, const list_cabinet_reports& query);
[[nodiscard]] kiosk_past answer(const memory_store& db, const load_kiosk& query);

}  // namespace chautari::testing
