#pragma once
/// What a station holds in memory: its slots and the banks in them, packed small (a country has a hundred
/// thousand stations), and the words in which they are stored.

#include <cstdint>
#include <vector>

#include "protocols/stations/images.hpp"

namespace chautari {

struct slot_facts {
  timestamp updated_at;
  std::uint8_t number = 0;
  slot_status status = slot_status::available;
  std::uint8_t device_code = 0;
  std::int8_t battery = -1;
  std::uint8_t temperature = 0;
  std::uint8_t voltage = 0;
  std::uint8_t current = 0;
  std::uint8_t sensors = 0;
  std::uint8_t faults_in_a_row = 0;
  bool is_disabled = false;
  bool is_unsaved = false;  ///< Changed by the server and not yet on disk; goes with the next record.
};

struct bank_facts {
  bank_id id;
  rental_id rental;        ///< Reserved for; nil with status RESERVED: free again when a snapshot shows it.
  timestamp unseen_since;  ///< First snapshot that did not show it; 1970 if the last one did.
  bank_sn serial;
  std::int32_t cycles = 0;
  std::int32_t rentals = 0;
  std::int32_t ejections = 0;
  bank_status status = bank_status::available;
  std::int8_t battery = -1;
  std::uint8_t slot = 0;
  bool is_unsaved =
      false;  ///< Moved while it was promised to a rental; goes with the first record afterwards.
};

struct station_stock {
  std::vector<slot_facts> slots;  ///< By number.
  std::vector<bank_facts> banks;  ///< Seated here.
  timestamp snapshot_at;          ///< Receive time of the newest snapshot; 1970 if none yet.

  [[nodiscard]] slot_facts* find_slot(std::int32_t number);
  [[nodiscard]] const slot_facts* find_slot(std::int32_t number) const;
  [[nodiscard]] bank_facts* find_bank(bank_sn serial);
  [[nodiscard]] const bank_facts* find_bank(bank_sn serial) const;
  /// Whoever is recorded in the slot, `but` left out.
  [[nodiscard]] const bank_facts* bank_in(std::int32_t slot, bank_sn but = {}) const;
  void forget_bank(bank_sn serial);
  /// Puts or replaces it.
  void seat(const bank_facts& bank);
};

[[nodiscard]] slot_facts facts_of(const slot_image& image);
[[nodiscard]] bank_facts facts_of(const bank_image& image);
[[nodiscard]] slot_image image_of(const slot_facts& slot, station_id station);
/// Seated at `station`.
[[nodiscard]] bank_image image_of(const bank_facts& bank, station_id station);
/// Nobody knows where it is.
[[nodiscard]] bank_image missing_image_of(const bank_facts& bank);

}  // namespace chautari
