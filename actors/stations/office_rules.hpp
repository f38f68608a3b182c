#pragma once
/// What operators may do to a station, a bank and an issue, without an actor around it; and how it looks in
/// the audit log.

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "actors/stations/stock.hpp"
#include "protocols/operations/network.hpp"
#include "protocols/stations/management.hpp"

namespace chautari {

/// Two JSON objects with the fields that differ.
struct difference {
  boost::json::object before;
  boost::json::object after;

  template <class Value>
  void note(std::string_view field, const Value& was, const Value& is) {
    if (was == is) return;
    before[field] = boost::json::value(was);
    after[field] = boost::json::value(is);
  }
  [[nodiscard]] bool is_empty() const { return before.empty() && after.empty(); }
};

// -- stations
// ------------------------------------------------------------------------------------------

[[nodiscard]] station_image changed(station_image facts, const station_changes& wish);
[[nodiscard]] difference difference_of(const station_image& before, const station_image& after);

/// Slots whose numbers mean nothing once io port 1 is counted from elsewhere are closed; the next picture
/// fills the others. `is_unsaved`: what changed.
[[nodiscard]] std::vector<slot_facts> renumbered(std::vector<slot_facts> slots, const station_image& before,
                                                 const station_image& after);

/// The empty slots of a new station; what its cabinet says later has the last word.
[[nodiscard]] std::vector<slot_image> slots_of_new(const station_image& facts, timestamp now);

/// A bank that is to be put into a new station's books, and what the database says of it.
struct placement_check {
  bank_placement wish;
  std::optional<bank_image> known;
  bool is_claimed = true;  ///< False: somebody else is writing it right now.
};
/// Every wrong one: [{"powerbank_serial","slot_number","code"}]; codes not_found, not_free, out_of_range,
/// duplicate_bank, duplicate_slot. Empty: all are right.
[[nodiscard]] boost::json::array wrong_placements(const std::vector<placement_check>& checks,
                                                  std::int32_t total_slots);
/// The bank in its place; a verdict (MAINTENANCE, DAMAGED) stays.
[[nodiscard]] bank_image placed(const placement_check& check, station_id station);

// -- banks
// ------------------------------------------------------------------------------------------

/// A bank in somebody's hands keeps its status; only a seated one can be AVAILABLE.
[[nodiscard]] bool may_become(bank_status wanted, bank_status has, bool is_seated, bool is_promised);

/// The bank an operator gets who wants a certain one, or any: the one a rider would get, else any other that
/// is promised to nobody. Nothing: it is not here (`wanted`), or there is none.
[[nodiscard]] const bank_facts* choose_for_operator(const station_stock& stock,
                                                    std::optional<bank_sn> wanted);

// -- issues
// ------------------------------------------------------------------------------------------

/// IN_PROGRESS without an assignee assigns the caller; RESOLVED has its time, anything else has none.
[[nodiscard]] station_issue_image changed(station_issue_image issue, const change_issue& wish, timestamp now);
[[nodiscard]] difference difference_of(const station_issue_image& before, const station_issue_image& after);

// -- records
// ------------------------------------------------------------------------------------------

/// A record that carries its line of the audit log; everything else is to be added.
[[nodiscard]] record audited(const network& world, const operator_stamp& stamp, std::string action,
                             std::string entity, std::string entity_id, const difference& what,
                             const std::string& reason = {});

/// The line of a verdict on a bank; the bank's image is to be added.
[[nodiscard]] record bank_status_record(const network& world, const set_bank_status& wish, bank_id bank,
                                        bank_status before);
void announce_bank_status(const network& world, const set_bank_status& wish, station_id station);

/// What a guard of the database has against an operator's record, in the operator's words: `taken` is the
/// only thing that was not checked before.
[[nodiscard]] caf::error told_of_guard(const caf::error& why, station_refusal taken);

/// "Stored": the typed promise cannot say "nothing" in this version of CAF.
inline void answer_done(caf::typed_response_promise<void> promise) {
  caf::response_promise& untyped = promise;
  untyped.deliver(caf::unit);
}

/// Tells every door. `data` must be free of personal data.
void announce_event(const network& world, std::string kind, feed_severity severity, station_id station,
                    const boost::json::object& data);

}  // namespace chautari
