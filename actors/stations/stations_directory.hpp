#pragma once
/// The station directory: finds the station a message names, gives birth to all of them at start and to new
/// ones later. It also sees to banks that sit nowhere: one writer at a time.

#include <caf/all.hpp>
#include <memory>
#include <unordered_map>
#include <vector>

#include "actors/stations/station_actor.hpp"
#include "protocols/stations/recovery.hpp"

namespace chautari {

struct stations_directory_state {
  /// Who may write a bank that is in nobody's books, and the stations that want to after that.
  struct stray_claim {
    caf::actor_addr holder;  ///< A station; none: this directory, for an operator.
    std::vector<std::pair<caf::actor_addr, caf::typed_response_promise<void>>> waiting;
  };
  /// A station that is being made: its banks are looked up first.
  struct new_station {
    create_station wish;
    std::vector<placement_check> checks;
    std::size_t unanswered = 0;
    std::optional<caf::error> broken;  ///< The database could not be asked.
    caf::typed_response_promise<station_inside> promise;
  };

  station_directory_actor::pointer self = nullptr;
  std::shared_ptr<const network> world;
  std::unordered_map<station_id, whole_station_actor> by_id;
  std::unordered_map<station_sn, station_id> by_serial;
  std::unordered_map<bank_sn, stray_claim> strays;

  void adopt(const adopt_stations& chunk);
  /// To the doors, before it lives, so that no later view of it can come first.
  void introduce(const recovered_station& past);
  void give_birth(std::shared_ptr<const recovered_station> past);
  [[nodiscard]] const whole_station_actor* find(station_id id) const;
  void mourn(const caf::down_msg& down);

  // -- operators (stations_office.cpp)
  caf::typed_response_promise<station_inside> create(const create_station& wish);
  caf::typed_response_promise<station_inside> change(const change_station& wish);
  caf::typed_response_promise<bank_image> judge_bank(const set_bank_status& wish);
  caf::typed_response_promise<void> claim(const claim_stray& wish);
  void settle(bank_sn bank);
  /// A station that died holds nothing any more.
  void settle_all_of(const caf::actor_addr& station);

  /// Hands a question on; `station_not_found` if nobody has that id.
  template <class Answer, class Word>
  caf::result<Answer> pass_on(const Word& word) {
    const auto* station = find(word.station);
    if (station == nullptr) return caf::make_error(station_refusal::station_not_found);
    return self->delegate(*station, word);
  }
  /// Hands news on; news for nobody is dropped.
  template <class Word>
  void tell(const Word& word) {
    if (const auto* station = find(word.station)) self->send(*station, word);
  }

private:
  void put_up(const std::shared_ptr<new_station>& plan);
  void judge_where_it_is(const set_bank_status& wish, caf::typed_response_promise<bank_image> promise,
                         bool is_second_try);
  void judge_stray(const set_bank_status& wish, bank_image bank,
                   caf::typed_response_promise<bank_image> promise);
};

station_directory_actor::behavior_type stations_directory(
    station_directory_actor::stateful_pointer<stations_directory_state> self);

}  // namespace chautari
