#pragma once
/// The kiosk directory: one kiosk per registered cabinet. Cabinets nobody registered are counted and named,
/// and nothing else: a stranger gets no station, no snapshot, no command. A kiosk that died is born again
/// from what the database knows of it, as after a restart; what it would have heard meanwhile waits.

#include <caf/all.hpp>
#include <functional>
#include <memory>
#include <set>
#include <unordered_map>
#include <vector>

#include "protocols/base/limits.hpp"
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

  /// A cabinet whose kiosk died.
  struct unborn_kiosk {
    int deaths = 0;  ///< In a row: each doubles the pause before the next life.
    timestamp died_at;
    timestamp born_at;  ///< When the database is asked.
    bool is_alive = false;
    bool is_loading = false;
    std::vector<std::function<void(const kiosk_actor&)>> messages;  ///< Bounded.
  };

  kiosk_directory_actor::pointer self = nullptr;
  std::shared_ptr<const network> world;
  std::unordered_map<imei, kiosk_actor> kiosks;
  std::unordered_map<station_id, imei> by_station;
  std::unordered_map<station_sn, imei> by_serial;
  std::unordered_map<imei, unborn_kiosk> unborn;
  std::set<imei> strangers;  ///< Bounded; beyond it they are only counted.
  std::uint64_t stranger_messages = 0;
  std::vector<lonely_outcome> lonely;  ///< One per open rental at most.
  std::uint64_t timer_revision = 0;
  timestamp armed_at;  ///< When the timer fires; 1970: not armed.

  void adopt(const adopt_kiosks& chunk);
  void give_birth(std::shared_ptr<const recovered_kiosk> past);
  void join(const register_cabinet& facts);
  void retire(const imei& cabinet);
  void mourn(const caf::down_msg& down);
  void ask_for_unborn();
  void born_again(const imei& cabinet, const kiosk_past& past);
  caf::result<command_answer> pass_on(const operator_command& wish);
  void arm(timestamp at);
  /// QUEUED: it never left us. SENT: nobody knows, and nobody will: dark a day after it was sent.
  void adopt_orphan(const command_image& command);
  void refuse(const eject_bank& wish);
  void tell_lonely();
  void told(const command_id& command, const caf::error& why);
  void meet_stranger(const imei& cabinet);
  [[nodiscard]] const kiosk_actor* find(const imei& cabinet) const;

  template <class Word>
  void tell(const Word& word) {
    tell_kiosk(word.cabinet, word);
  }
  template <class Word>
  void tell_kiosk(const imei& cabinet, const Word& word) {
    if (const auto* kiosk = find(cabinet)) {
      self->send(*kiosk, word);
    } else if (const auto waking = unborn.find(cabinet); waking != unborn.end()) {
      auto& waiting = waking->second.messages;
      if (waiting.size() < limits::reborn_kiosk_messages_max)
        waiting.push_back([this, word](const kiosk_actor& born) { self->send(born, word); });
    } else {
      meet_stranger(cabinet);
    }
  }
};

kiosk_directory_actor::behavior_type kiosks_directory(
    kiosk_directory_actor::stateful_pointer<kiosks_directory_state> self);

}  // namespace chautari
