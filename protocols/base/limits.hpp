#pragma once
/// Every limit of the server in one place, with its unit and the reason for it. What happens at a limit is
/// written beside it.

#include <cstddef>
#include <cstdint>

#include "protocols/base/time.hpp"

namespace chautari::limits {

// ---- journal
// ---------------------------------------------------------------------------------------------------
/// Records of one transaction. Beyond some hundred a batch gains nothing and a crash repeats more.
inline constexpr std::size_t batch_records_max = 512;
/// Records that wait for the writer. Full: `journal_refusal::overloaded`, 503 with Retry-After at the door.
inline constexpr std::size_t backlog_records_max = 20'000;
/// How long the writer tries to reach the database before it refuses what has not been sent (503,
/// Retry-After).
inline constexpr seconds database_retry_max{5};

// ---- cabinets
// --------------------------------------------------------------------------------------------------
/// Commands that wait at one cabinet behind the ejection in flight. Full: 503 `station_busy`.
inline constexpr std::size_t kiosk_queue_max = 16;
/// Reports of one cabinet whose row is still on its way to disk. Full: heartbeats are counted but not stored;
/// facts wait.
inline constexpr std::size_t kiosk_reports_in_flight_max = 64;
/// Bytes of one frame: 80 slots of 15 bytes and their boards fit four times.
inline constexpr std::size_t cabinet_frame_bytes_max = 4096;
/// Riders who wait for a fresh snapshot of one station. Full: 503 `station_busy`.
inline constexpr std::size_t reservations_waiting_max = 16;
/// Slots of one station; the frame can name 1..80.
inline constexpr int station_slots_max = 80;

// ---- riders
// ----------------------------------------------------------------------------------------------------
/// Rider accounts awake in memory; the longest idle one sleeps first and is read again when needed.
inline constexpr std::size_t accounts_awake_max = 200'000;
/// Sign-ins awake in memory (one per identifier being signed in).
inline constexpr std::size_t sign_ins_awake_max = 50'000;
/// Stored answers one account keeps in memory for Idempotency-Key; older ones are found in the database.
inline constexpr std::size_t stored_answers_max = 64;
/// Rentals that are being started or are open. A country's fleet fits; beyond it 503.
inline constexpr std::size_t open_rentals_max = 1'000'000;

}  // namespace chautari::limits
