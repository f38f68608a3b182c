#pragma once
/// The kiosk directory: one kiosk per registered cabinet. Cabinets nobody registered are counted and named,
/// and nothing else: a stranger gets no station, no snapshot, no command.

#include <caf/all.hpp>
#include <memory>
#include <set>
#include <unordered_map>

#include "protocols/kiosks/recovery.hpp"

namespace chautari {

struct kiosks_directory_state {
  kiosk_directory_actor::pointer self = nullptr;
  std::shared_ptr<const network> world;
  std::unordered_map<imei, kiosk_actor> kiosks;
  std::set<imei> strangers;  ///< Bounded; beyond it they are only counted.
  std::uint64_t stranger_messages = 0;

  void adopt(const adopt_kiosks& chunk);
  void refuse(const eject_bank& wish);
  void meet_stranger(const imei& cabinet);
  [[nodiscard]] const kiosk_actor* find(const imei& cabinet) const;

  template <class Word>
  void tell(const Word& word) {
    if (const auto* kiosk = find(word.cabinet)) {
      self->send(*kiosk, word);
    } else {
      meet_stranger(word.cabinet);
    }
  }
};

kiosk_directory_actor::behavior_type kiosks_directory(
    kiosk_directory_actor::stateful_pointer<kiosks_directory_state> self);

}  // namespace chautari
