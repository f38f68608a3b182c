#include "actors/rentals/evidence.hpp"

#include <algorithm>
#include <tuple>

#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

constexpr seconds motor_takes{3};

auto order_of(const evidence& one) {
  return std::tuple{one.heard_at, one.kind,    one.at,        one.bank,        one.station.value,
                    one.slot,     one.battery, one.absent_at, one.rental.value};
}

evidence_kind kind_of(sighting_kind kind) {
  switch (kind) {
    case sighting_kind::return_report:
      return evidence_kind::return_report;
    case sighting_kind::self_test:
      return evidence_kind::self_test;
    case sighting_kind::claim:
      return evidence_kind::claim;
    case sighting_kind::absence:
      return evidence_kind::absence;
    case sighting_kind::snapshot:
      break;
  }
  return evidence_kind::snapshot;
}

/// The reading, being put together.
struct reader {
  const rental_image& opening;
  const std::vector<evidence>& known;
  std::vector<evidence_use> uses{};
  evidence_reading found{};
  bank_sn bank{};
  timestamp left_at{};       ///< Since when this bank is out; later than the start after a swap.
  timestamp confirmed_at{};  ///< When that was heard of.

  void use(const evidence& one, evidence_use how) {
    uses[static_cast<std::size_t>(&one - known.data())] = how;
  }
  [[nodiscard]] bool is_mine(const evidence& one) const { return one.rental == opening.id; }
  /// It shows the bank in a cabinet, by that cabinet's own line. Of another rental's ejection too: what left
  /// a cabinet had come there.
  [[nodiscard]] bool shows_bank(const evidence& one) const {
    if (one.bank != bank) return false;
    const bool is_sighting = one.kind == evidence_kind::return_report ||
                             one.kind == evidence_kind::self_test || one.kind == evidence_kind::snapshot;
    return is_sighting || (one.kind == evidence_kind::ejected && !is_mine(one));
  }

  void read_start() {
    bank = opening.bank_serial;
    const auto first = [this](evidence_kind kind) {
      return std::find_if(known.begin(), known.end(),
                          [&](const auto& one) { return one.kind == kind && is_mine(one); });
    };
    const auto left = first(evidence_kind::ejected);
    const auto stayed = first(evidence_kind::stayed);
    const bool is_out_now =
        left != known.end() && (stayed == known.end() || order_of(*left) < order_of(*stayed));
    if (opening.started_at) {
      begin(*opening.started_at, *opening.started_at);
      if (left != known.end()) {
        left_at = std::max(left_at, left->at);
        confirmed_at = left->heard_at;
        use(*left, evidence_use::begins);
      }
    } else if (is_out_now) {
      bank = left->bank;
      begin(std::max(left->at, opening.created_at), left->heard_at);
      use(*left, evidence_use::begins);
    } else if (stayed != known.end()) {
      found.status = rental_status::cancelled;
      found.where = left == known.end() ? whereabouts::in_its_cabinet : whereabouts::unknown;
      use(*stayed, evidence_use::gives_up);
    } else {
      prove_departure();
    }
  }
  void begin(timestamp at, timestamp heard_at) {
    found.started_at = left_at = at;
    confirmed_at = heard_at;
    found.status = rental_status::active;
    found.where = whereabouts::with_rider;
  }
  /// Another cabinet shows the bank, so it left (4.8-8). Not while the command may still wait in its kiosk's
  /// queue, where somebody else may have been given the bank.
  void prove_departure() {
    timestamp ordered_at = opening.created_at;
    for (const auto& one : known) {
      if (one.kind == evidence_kind::ordered && is_mine(one)) ordered_at = std::max(ordered_at, one.at);
    }
    const timestamp sent_by = ordered_at + limits::ejection_queue_wait_max;
    for (const auto& one : known) {
      if (!shows_bank(one) || one.station == opening.station || one.heard_at < sent_by) continue;
      return begin(std::min(one.heard_at, sent_by + motor_takes), ordered_at);
    }
  }

  [[nodiscard]] bool is_return(const evidence& one) const {
    // Seen before it left with this rider: an old fact that was kept for long, of an earlier rental.
    if (!shows_bank(one) || one.heard_at < left_at) return false;
    return one.kind != evidence_kind::snapshot || !(one.station == opening.station) ||
           one.heard_at >= confirmed_at + snapshot_settles;
  }

  void read_end() {
    const auto first =
        std::find_if(known.begin(), known.end(), [this](const auto& e) { return is_return(e); });
    if (first == known.end()) return read_claims();
    found.status = rental_status::completed;
    found.where = whereabouts::returned;
    found.proof = *first;
    const auto left_again = std::find_if(first, known.end(), [this](const auto& one) {
      return one.kind == evidence_kind::ejected && !is_mine(one) && one.bank == bank;
    });
    const timestamp until = left_again == known.end() ? timestamp::max() : left_again->heard_at;
    timestamp by = first->at;   // The end is not later...
    timestamp since = left_at;  // ...and not earlier.
    for (auto one = first; one != known.end() && one->heard_at <= until; ++one) {
      if (!is_return(*one) || !(one->station == first->station)) continue;
      by = std::min(by, one->at);
      since = std::max(since, proves_out_until(*one));
      use(*one, one == first ? evidence_use::ends : evidence_use::narrows);
    }
    for (auto one = known.begin(); one != first; ++one) {
      if (one->kind == evidence_kind::absence && one->station == first->station) {
        since = std::max(since, one->at);
        use(*one, evidence_use::narrows);
      }
    }
    count_claim_of(*first, since, by);
    found.ended_at = std::max(*found.started_at, std::min(by, since));
  }

  /// The rider had the bank until then, at least.
  [[nodiscard]] timestamp proves_out_until(const evidence& one) const {
    timestamp until = one.absent_at.value_or(timestamp{});
    if (one.kind == evidence_kind::return_report) until = std::max(until, one.at);
    if (one.kind == evidence_kind::self_test) until = std::max(until, one.at - self_test_lag);
    if (one.kind == evidence_kind::claim) until = std::max(until, one.at - claim_lag);
    return until;
  }

  /// A claim that the cabinet's own line confirms counts from when it was heard; not one that a snapshot
  /// between the two denies, nor one that is far from the moment a 0x40 tells.
  void count_claim_of(const evidence& proof, timestamp& since, timestamp& by) {
    for (const auto& one : known) {
      if (!is_claim(one) || !(one.station == proof.station) || proof.heard_at < one.heard_at) continue;
      if (count_absences(one, proof.heard_at) > 0 || one.at < since - claim_lag) continue;
      by = std::min(by, one.at);
      since = std::max(since, proves_out_until(one));
      use(one, evidence_use::narrows);
    }
  }
  [[nodiscard]] bool is_claim(const evidence& one) const {
    return one.kind == evidence_kind::claim && one.bank == bank && one.heard_at >= left_at;
  }
  [[nodiscard]] std::int32_t count_absences(const evidence& claim, timestamp until) const {
    std::int32_t count = 0;
    timestamp last = claim.heard_at;
    for (const auto& one : known) {
      const bool speaks_against = one.kind == evidence_kind::absence && one.station == claim.station &&
                                  one.heard_at >= last + claim_settles && one.heard_at <= until;
      if (!speaks_against) continue;
      last = one.heard_at;
      ++count;
    }
    return count;
  }

  /// The first claim that nothing refutes yet freezes the clock.
  void read_claims() {
    for (const auto& one : known) {
      if (!is_claim(one)) continue;
      if (count_absences(one, timestamp::max()) >= absences_against_claim) {
        found.is_claim_refuted = true;
        for (const auto& other : known) {
          if (other.kind == evidence_kind::absence && other.station == one.station)
            use(other, evidence_use::refutes);
        }
      } else if (!found.claim) {
        found.claim = one;
        use(one, evidence_use::freezes);
      }
    }
  }

  void add_up() {
    if (found.status == rental_status::cancelled || !found.started_at) return;
    rental_image then = opening;
    then.status = rental_status::active;
    then.started_at = found.started_at;
    if (!then.due_at) then.due_at = *then.started_at + minutes{allotted_minutes(then)};
    found.bill = bill_at(then, found.ended_at.value_or(*found.started_at));
  }
};

}  // namespace

evidence_reading read_evidence(const rental_image& opening, std::vector<evidence> known) {
  std::sort(known.begin(), known.end(),
            [](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
  known.erase(std::unique(known.begin(), known.end()), known.end());
  reader one{opening, known};
  one.uses.assign(known.size(), evidence_use::tells_all);
  one.read_start();
  if (one.found.started_at) one.read_end();
  one.add_up();
  one.found.history.reserve(known.size());
  for (std::size_t i = 0; i < known.size(); ++i)
    one.found.history.push_back({known[i], one.uses[i]});
  return std::move(one.found);
}

evidence evidence_of(const bank_seen& seen) {
  evidence one;
  one.kind = kind_of(seen.kind);
  one.bank = seen.bank;
  one.station = seen.station;
  one.cabinet = seen.cabinet;
  one.slot = seen.slot;
  one.battery = seen.battery;
  one.heard_at = seen.received_at;
  one.at = std::min(seen.returned_at, seen.received_at);
  one.absent_at = seen.absent_at;
  return one;
}

evidence claim_of(const rental_image& rental, const return_claim& claim) {
  evidence one;
  one.kind = evidence_kind::claim;
  one.bank = rental.bank_serial;
  one.station = claim.station;
  one.cabinet = claim.cabinet;
  one.slot = claim.slot;
  one.battery = claim.battery;
  one.heard_at = one.at = claim.claimed_at;
  return one;
}

}  // namespace chautari
