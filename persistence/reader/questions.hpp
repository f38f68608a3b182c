#pragma once
/// The questions of reader.hpp as statements: each asks one connection and reads the answer. They throw
/// database_error, and schema_mismatch if the tables are not what this program knows.

#include <optional>

#include "persistence/base/connection.hpp"
#include "protocols/journal/reader.hpp"

namespace chautari {

/// Nothing: no such user.
[[nodiscard]] std::optional<account_facts> answer(database_connection& database,
                                                  const load_account& question);
[[nodiscard]] std::optional<bank_lookup> answer(database_connection& database, const load_bank& question);
[[nodiscard]] std::optional<rental_lookup> answer(database_connection& database, const load_rental& question);
/// Nothing: the cursor is none of ours.
[[nodiscard]] std::optional<rental_page> answer(database_connection& database, const list_rentals& question);
[[nodiscard]] std::optional<transaction_page> answer(database_connection& database,
                                                     const list_transactions& question);
[[nodiscard]] std::optional<sign_in_facts> answer(database_connection& database,
                                                  const load_sign_in& question);
[[nodiscard]] std::optional<session_facts> answer(database_connection& database,
                                                  const load_session& question);
[[nodiscard]] std::optional<session_list> answer(database_connection& database,
                                                 const load_sessions_of& question);
[[nodiscard]] std::optional<username_answer> answer(database_connection& database,
                                                    const is_username_free& question);
[[nodiscard]] std::optional<recovered_operators> answer(database_connection& database,
                                                        const load_operators& question);
[[nodiscard]] std::optional<bank_census> answer(database_connection& database, const count_banks& question);
[[nodiscard]] std::optional<issue_marks> answer(database_connection& database,
                                                const load_issue_marks& question);
[[nodiscard]] std::optional<station_overview> answer(database_connection& database,
                                                     const load_overview& question);
[[nodiscard]] std::optional<map_points> answer(database_connection& database,
                                               const load_map_points& question);
[[nodiscard]] std::optional<referrer_answer> answer(database_connection& database,
                                                    const find_referrer& question);
[[nodiscard]] std::optional<stored_answer_lookup> answer(database_connection& database,
                                                         const find_stored_answer& question);

}  // namespace chautari
