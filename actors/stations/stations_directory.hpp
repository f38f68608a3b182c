#pragma once
/// The station directory: finds the station a message names, gives birth to all of them at start.

#include <caf/all.hpp>
#include <memory>
#include <unordered_map>

#include "protocols/stations/recovery.hpp"

namespace chautari {

struct stations_directory_state {
  station_directory_actor::pointer self = nullptr;
  std::shared_ptr<const network> world;
  std::unordered_map<station_id, station_actor> by_id;
  std::unordered_map<station_sn, station_id> by_serial;

  void adopt(const adopt_stations& chunk);
  [[nodiscard]] const station_actor* find(station_id id) const;

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
};

station_directory_actor::behavior_type stations_directory(
    station_directory_actor::stateful_pointer<stations_directory_state> self);

}  // namespace chautari
