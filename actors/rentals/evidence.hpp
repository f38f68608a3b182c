#pragma once
/// What is known of one rental and its bank, however it came: late, twice, out of order, or not at all. A
/// pure reading turns the set of it into one history and one bill (stations_rentals_devices 3.9, 4.8); the
/// rental decides by that reading and by nothing else.
///
/// Two things make it safe to lose evidence. Only the cabinet's own line (MQTT) begins or ends a rental. And
/// but for a 0x40, which tells the moment, whatever shows a bank says only that it came *by then*: the end is
/// the latest moment that something proves, never a guess beyond it. So less evidence makes a bill smaller or
/// leaves it as it is.

#include <optional>
#include <vector>

#include "protocols/rentals/bill.hpp"
#include "protocols/rentals/messages.hpp"

namespace chautari {

/// How long after the bank came a cabinet may tell of it in this way.
inline constexpr seconds claim_lag{60};
inline constexpr seconds self_test_lag{300};
/// A snapshot of the cabinet it left, this soon after a confirmed ejection, may still show the bank; one this
/// soon after a claim may not show it yet.
inline constexpr seconds snapshot_settles{10};
inline constexpr seconds claim_settles{5};
/// Snapshots of the cabinet's own line that must not show the bank before a claim counts as refuted.
inline constexpr std::int32_t absences_against_claim = 2;

enum class evidence_kind : std::uint8_t {
  ordered,        ///< Ours: the ejection was commanded.
  ejected,        ///< The bank left a cabinet for a rental: a reply, or a snapshot without it.
  stayed,         ///< No bank came out: refuted, not moved, or given up after a day.
  return_report,  ///< 0x40: tells the moment.
  self_test,      ///< 0x28
  snapshot,       ///< 0x10
  claim,          ///< HTTP: proves nothing.
  absence,        ///< A snapshot of this cabinet without the bank.
};

struct evidence {
  evidence_kind kind = evidence_kind::snapshot;
  bank_sn bank;
  rental_id rental;  ///< ordered, ejected, stayed: whose ejection it was.
  station_id station;
  imei cabinet;
  std::int32_t slot = 0;  ///< 0: nobody saw where.
  std::int32_t battery = -1;
  timestamp heard_at;
  /// The latest moment it can have happened: heard_at, or earlier after an outage. ejected: since when it is
  /// out.
  timestamp at;
  /// The last valid snapshot of this cabinet before, which did not show the bank.
  std::optional<timestamp> absent_at = {};

  friend bool operator==(const evidence&, const evidence&) = default;
};

/// What became of each piece of evidence.
enum class evidence_use : std::uint8_t {
  begins,     ///< The use began.
  ends,       ///< The first that proves the end.
  narrows,    ///< Says more of when it ended.
  freezes,    ///< A claim: the clock stands still.
  refutes,    ///< Speaks against a claim.
  gives_up,   ///< No bank came out.
  tells_all,  ///< Nothing new, or before the rental, or after its end.
};
struct read_line {
  evidence what;
  evidence_use use = evidence_use::tells_all;
};

enum class whereabouts : std::uint8_t { in_its_cabinet, with_rider, returned, unknown };

/// One history and one bill.
struct evidence_reading {
  rental_status status = rental_status::pending_popup;  ///< PENDING_POPUP, ACTIVE, COMPLETED or CANCELLED.
  std::optional<timestamp> started_at;
  std::optional<timestamp> ended_at;
  whereabouts where = whereabouts::in_its_cabinet;
  std::optional<evidence> proof;   ///< The first that shows the bank returned; its place.
  std::optional<evidence> claim;   ///< Open: the clock stands still since it was heard.
  bool is_claim_refuted = false;   ///< A claim was heard and two snapshots speak against it.
  rental_bill bill;                ///< At its end; of a running rental, as if it had ended at its start.
  std::vector<read_line> history;  ///< In the order it was heard.
};

/// `opening`: the rental as it was stored first, or as it stands: a start that is decided needs no evidence
/// again. Order and repetition of `known` do not matter.
[[nodiscard]] evidence_reading read_evidence(const rental_image& opening, std::vector<evidence> known);

/// A sighting as evidence.
[[nodiscard]] evidence evidence_of(const bank_seen& seen);
/// The claim that a rental was stored with.
[[nodiscard]] evidence claim_of(const rental_image& rental, const return_claim& claim);

}  // namespace chautari
