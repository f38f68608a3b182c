#pragma once
/// What a station decides, without an actor around it: who may rent which bank, what riders are shown, what a
/// snapshot changes.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "actors/stations/stock.hpp"
#include "protocols/stations/messages.hpp"
#include "protocols/stations/views.hpp"

namespace chautari {

inline constexpr int rent_battery_min = 20;      ///< Percent.
inline constexpr int rent_temperature_min = 10;  ///< Degrees C; 0 and 255: no sensor, allowed.
inline constexpr int rent_temperature_max = 60;
inline constexpr minutes stock_fresh_for{25};     ///< An older snapshot says nothing about stock.
inline constexpr seconds ejection_fresh_for{60};  ///< Before an ejection the snapshot must be so young.
inline constexpr seconds snapshot_wait_max{10};
inline constexpr int slot_faults_max = 3;   ///< Refuted ejections in a row that disable a slot.
inline constexpr seconds missing_apart{5};  ///< Between two snapshots without a bank, at least.

// -- reservation
// ------------------------------------------------------------------------------------------

/// Checks 4 to 6: may anybody rent here now?
[[nodiscard]] std::optional<station_refusal> refuse_visitors(const station_image& facts, bool is_online,
                                                             timestamp now);
[[nodiscard]] bool is_fresh(const station_stock& stock, timestamp now, milliseconds within);
/// True if this bank may be taken: AVAILABLE, charged, in an enabled slot with code 01 and a sane
/// temperature.
[[nodiscard]] bool is_rentable(const station_stock& stock, const bank_facts& bank);
/// Check 10. The bank wanted, or the best one: most charge, then fewest cycles, then lowest slot. Nothing if
/// `wanted` is not seated here: whether it exists at all only the database knows.
[[nodiscard]] std::variant<bank_sn, station_refusal, std::monostate> choose_bank(
    const station_stock& stock, std::optional<bank_sn> wanted);

// -- view
// ------------------------------------------------------------------------------------------

[[nodiscard]] station_view view_of(const station_image& facts, const station_stock& stock, bool is_online,
                                   timestamp last_seen_at, timestamp now);
/// Equal for two views between which a rider would see no difference; times do not count.
[[nodiscard]] std::uint64_t fingerprint(const station_view& view);

// -- snapshots
// ------------------------------------------------------------------------------------------

/// A line for the cabinet's log: what happened to which bank or slot.
struct stock_event {
  std::string kind;  ///< "bank-missing", "slot-created", ...
  bank_sn bank;
  std::int32_t slot = 0;
  std::int32_t code = 0;
};

/// What follows from something the cabinet showed: the stock afterwards and the images to store first.
struct stock_change {
  station_stock stock;
  std::vector<slot_image> slots;
  std::vector<bank_image> banks;
  std::vector<stock_event> events;
  std::vector<observed_slot> strangers;  ///< Banks the station did not know to be here.
};

/// Device data is always taken; admin's flags are never touched. Places of banks are judged unless the
/// cabinet is settling after an ejection.
[[nodiscard]] stock_change observe(const station_stock& stock, const station_image& facts,
                                   const observe_snapshot& snapshot);

/// Somebody pushed `bank` into `slot`: another one recorded there is MISSING. A reserved one keeps its
/// rental's promise and only loses its place.
[[nodiscard]] stock_change clear_slot(const station_stock& stock, const station_image& facts,
                                      const prepare_slot& place);

/// A bank without a rental is here. `known`: what the database says of it; nothing: QUARANTINED under
/// `fresh_id`.
[[nodiscard]] stock_change adopt(const station_stock& stock, const station_image& facts,
                                 const adopt_bank& found, const std::optional<bank_image>& known,
                                 bank_id fresh_id);

/// An ejection from this slot failed (or worked): three failures in a row disable it.
void count_ejection(station_stock& stock, std::int32_t slot, bool has_failed, timestamp at);

}  // namespace chautari
