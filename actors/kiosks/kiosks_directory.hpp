#pragma once
/// The kiosk directory: one kiosk per registered cabinet. Cabinets nobody registered are counted and named,
/// and nothing else: a stranger gets no station, no snapshot, no command.

#include <caf/all.hpp>
#include <memory>
#include <set>
#include <unordered_map>
#include <vector>

#include "protocols/kiosks/recovery.hpp"

namespace chautari {

struct kiosks_directory_state {
  /// The end of a command that has no kiosk, until its rental has stored it.
  struct lonely_outcome {
    ejection_outcome outcome;
    timestamp tell_at;
    int tries = 0;
    bool is_telling = false;
  };

  kiosk_directory_actor::pointer self = nullptr;
  std::shared_ptr<const network> world;
  std::unordered_map<imei, kiosk_actor> kiosks;
  std::set<imei> strangers;  ///< Bounded; beyond it they are only counted.
  std::uint64_t stranger_messages = 0;
  std::vector<lonely_outcome> lonely;  ///< One per open rental at most.
  std::uint64_t timer_revision = 0;

  void adopt(const adopt_kiosks& chunk);
  /// QUEUED: it never left us. SENT: nobody knows, and nobody will: dark a day after it was sent.
  void adopt_orphan(const command_image& command);
  void refuse(const eject_bank& wish);
  void tell_lonely();
  void told(const command_id& command, const caf::error& why);
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
