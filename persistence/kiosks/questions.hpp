#pragma once
/// Questions about cabinets and their commands; see persistence/reader/questions.hpp.

#include <optional>

#include "persistence/base/connection.hpp"
#include "protocols/kiosks/questions.hpp"
#include "protocols/kiosks/registry.hpp"
#include "protocols/rentals/questions.hpp"

namespace chautari {

[[nodiscard]] std::optional<command_precedent> answer(database_connection& database,
                                                      const look_for_command& question);
[[nodiscard]] std::optional<command_lookup> answer(database_connection& database,
                                                   const load_command& question);
/// Nothing: the cursor is none of ours. The same below.
[[nodiscard]] std::optional<command_page> answer(database_connection& database,
                                                 const list_commands& question);
[[nodiscard]] std::optional<cabinet_report_page> answer(database_connection& database,
                                                        const list_cabinet_reports& question);
[[nodiscard]] std::optional<kiosk_past> answer(database_connection& database, const load_kiosk& question);

[[nodiscard]] std::optional<cabinet_explanation> answer(database_connection& database,
                                                        const load_cabinet_explanation& question);
[[nodiscard]] std::optional<stranger_page> answer(database_connection& database,
                                                  const list_strangers& question);
[[nodiscard]] std::optional<registry_entry> answer(database_connection& database,
                                                   const load_registry_entry& question);

}  // namespace chautari
