#pragma once
/// The station: the one writer of a station's stock.

#include <caf/all.hpp>
#include <functional>
#include <memory>
#include <vector>

#include "actors/stations/station_rules.hpp"
#include "protocols/operations/network.hpp"
#include "protocols/stations/interface.hpp"

namespace chautari {

struct station_setup {
  std::shared_ptr<const network> world;
  recovered_station past;
  std::uint64_t revision = 0;  ///< Of the view announced so far.
};

struct station_state {
  /// A rider who waits for a fresh snapshot.
  struct waiting_rider {
    reserve_bank wish;
    caf::typed_response_promise<bank_reservation> promise;
    timestamp until;
  };

  station_actor::pointer self = nullptr;
  std::shared_ptr<const network> world;
  station_image facts;
  station_stock stock;
  bool is_online = false;
  timestamp last_seen_at;
  timestamp status_since;
  timestamp announced_at;
  std::uint64_t revision = 0;
  std::uint64_t shown = 0;  ///< Fingerprint of the view announced last.
  std::uint64_t timer_revision = 0;
  std::vector<waiting_rider> waiting;
  std::vector<record> unsaved;  ///< Changes of status the database could not take yet.

  void begin(station_actor::pointer me, station_setup setup);

  // -- riders
  caf::typed_response_promise<bank_reservation> reserve(const reserve_bank& wish);
  void grant(const reserve_bank& wish, caf::typed_response_promise<bank_reservation> promise);
  void refuse_unknown_bank(bank_sn wanted, caf::typed_response_promise<bank_reservation> promise);
  void serve_waiting(bool is_snapshot_here);
  void release(const release_bank& word);
  void let_go(const bank_left& word);
  void seat(const seat_bank& word);

  // -- the cabinet
  caf::typed_response_promise<snapshot_applied> take_snapshot(const observe_snapshot& snapshot);
  caf::typed_response_promise<void> prepare(const prepare_slot& place);
  caf::typed_response_promise<void> note_escape(const bank_escaped& word);
  caf::typed_response_promise<void> take_in(const adopt_bank& found);
  void hand_over(const bank_seen_elsewhere& word);
  seated_bank look_at(bank_sn bank) const;
  void change_status(const connectivity_changed& news);
  void wake(const timer_fired& timer);

  // -- helpers
  [[nodiscard]] station_view view() const;
  void announce();
  [[nodiscard]] record record_of(const stock_change& change, timestamp at) const;
  void note(record& entry, const stock_event& event, timestamp at) const;
  void arm(std::uint32_t key, timestamp at);
  void save_status();
  /// Stores, then applies and answers; nothing to store: at once. `done` must leave the promise answered.
  void commit(record entry, stock_change change, std::function<void()> done,
              std::function<void(caf::error&)> failed, bool is_second_try = false);
  /// The same for a question whose answer is "stored".
  void commit_and_answer(caf::typed_response_promise<void> promise, stock_change change, timestamp at,
                         std::function<void()> afterwards = {});
};

station_actor::behavior_type station(station_actor::stateful_pointer<station_state> self,
                                     station_setup setup);

}  // namespace chautari
