#pragma once
/// The records of a rental: everything that becomes true with one decision, in one commit. Pure but for fresh
/// ids.

#include <boost/json.hpp>
#include <optional>
#include <string>

#include "actors/accounts/ledger_postings.hpp"
#include "actors/rentals/rental_rules.hpp"
#include "actors/rentals/revenue_rules.hpp"
#include "protocols/base/id_source.hpp"
#include "protocols/journal/record.hpp"

namespace chautari {

/// What the builders need beside the facts.
struct record_context {
  const id_source& ids;
  const settlement_terms& terms;
  timestamp now;
};

[[nodiscard]] record fresh_record(const record_context& with);
struct log_words {
  std::string kind;
  std::string rule;
  timestamp occurred_at;
};
/// The rental's new state and the line of its history that explains it.
void add_state(record& entry, const rental_image& rental, log_words words, const boost::json::object& data);
[[nodiscard]] boost::json::object outcome_facts(const ejection_outcome& outcome);
/// The command's own end and the frame that decided.
void add_evidence(record& entry, const ejection_outcome& outcome);
/// The rental's claim on its discount, if it has one.
void add_discount_use(record& entry, const rental_image& rental, discount_use_state state);
/// The vendor's free ejection of the day, if the rental is one: taken, or given back.
void add_vendor_ejection(record& entry, const rental_image& rental, bool is_released);
/// What became of an income that is shared, with its journal, in the record of the income itself: both are
/// stored or neither is, and the ledger's unique event key makes a second time impossible. No outbox could
/// promise more.
void add_share(record& entry, const record_context& with, const rental_image& rental,
               const ledger_journal& income, const std::optional<shared_part>& part);
[[nodiscard]] posting posting_of(const record_context& with, const rental_image& rental, timestamp at);

/// The remembered outcome of the command that started the rental: 201 (PENDING_POPUP or ACTIVE), or 409.
/// `status` 0, in memory only: the first request still waits for its answer.
[[nodiscard]] stored_answer start_outcome(const rental_image& rental, int status, timestamp now);

/// Step 5 of a start: rental, bank reserved, command queued or sent, price moved to deferred income.
[[nodiscard]] record started_record(const record_context& with, const rental_image& rental,
                                    const bank_image& reserved, const command_image& command);
/// The bank is out: rental active, price earned, start answered. `planned`: the bank that stayed, after an
/// adoption.
[[nodiscard]] record confirmed_record(const record_context& with, const rental_image& rental,
                                      const bank_image& out, const std::optional<bank_image>& planned,
                                      const ejection_outcome& outcome);
/// Another bank is tried: the old one is free, the new one reserved, its command queued. `old_command` is
/// final.
[[nodiscard]] record exchanged_record(const record_context& with, const rental_image& rental,
                                      const bank_image& released, const bank_image& reserved,
                                      const std::optional<command_image>& old_command,
                                      const command_image& command,
                                      const std::optional<cabinet_report>& report);
/// Nobody knows whether the bank came out.
[[nodiscard]] record doubted_record(const record_context& with, const rental_image& rental,
                                    const ejection_outcome& outcome);
/// No bank came out: everything paid goes back, start answered with a refusal.
[[nodiscard]] record cancelled_record(const record_context& with, const rental_image& rental,
                                      const bank_image& left, const ejection_outcome& outcome);
/// What its kiosk told of a command after its rental had been decided: only the command's own end.
[[nodiscard]] record late_record(const record_context& with, const ejection_outcome& outcome);
[[nodiscard]] record overdue_record(const record_context& with, const rental_image& rental);
/// The cabinet said "out" after the rental had been cancelled: an incident for a person, nobody is charged.
[[nodiscard]] record incident_record(const record_context& with, const rental_image& rental,
                                     const ejection_outcome& outcome);

}  // namespace chautari
