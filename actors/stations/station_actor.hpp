#pragma once
/// The station: the one writer of a station's stock.

#include <caf/all.hpp>
#include <functional>
#include <memory>
#include <vector>

#include "actors/stations/office_rules.hpp"
#include "actors/stations/station_rules.hpp"
#include "protocols/operations/network.hpp"
#include "protocols/stations/interface.hpp"

namespace chautari {

/// Both sides of a station: riders and cabinets, and operators.
using whole_station_actor = station_actor::extend_with<station_office_actor>;

struct station_setup {
  std::shared_ptr<const network> world;
  /// Shared with the chunk it came in: a copy for each station until it wakes would leave holes between them.
  std::shared_ptr<const recovered_station> past;
  std::uint64_t revision = 0;  ///< Of the view announced so far.
};

struct station_state {
  /// A rider who waits for a fresh snapshot.
  struct waiting_rider {
    reserve_bank wish;
    caf::typed_response_promise<bank_reservation> promise;
    timestamp until;
  };
  /// A bank that an operator is getting. Its `rental` in the stock is the command, so that nobody else gets
  /// it and no snapshot judges it.
  struct held_bank {
    bank_sn bank;
    command_id command;
    bank_status before = bank_status::available;
  };

  whole_station_actor::pointer self = nullptr;
  std::shared_ptr<const network> world;
  station_image facts;
  station_stock stock;
  bool is_online = false;
  timestamp last_seen_at;
  timestamp status_since;  ///< Online or offline since.
  timestamp shown_since;   ///< The status that riders see has been so since.
  timestamp announced_at;
  std::uint64_t revision = 0;
  std::uint64_t shown = 0;  ///< Fingerprint of the view announced last.
  std::uint64_t timer_revision = 0;
  std::vector<waiting_rider> waiting;
  std::vector<record> unsaved;  ///< Changes of status the database could not take yet.
  std::vector<held_bank> held;
  std::string hardware;  ///< JSON, as the cabinet told it.

  void begin(whole_station_actor::pointer me, station_setup setup);

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
  caf::typed_response_promise<bank_adopted> take_in(const adopt_bank& found);
  void hand_over(const bank_seen_elsewhere& word);
  /// A bank of another station's books is seated here now.
  void take_from(station_id other, bank_sn serial, timestamp at);
  seated_bank look_at(bank_sn bank) const;
  void change_status(const connectivity_changed& news);
  void wake(const timer_fired& timer);

  // -- operators (station_office.cpp)
  [[nodiscard]] station_inside inside() const;
  void take_hardware(const hardware_told& word);
  caf::typed_response_promise<station_inside> change(const change_station& wish);
  caf::typed_response_promise<station_inside> maintain(const set_maintenance& wish);
  caf::typed_response_promise<void> remove(const delete_station& wish);
  caf::typed_response_promise<void> lock_slot(const set_slot_lock& wish);
  caf::typed_response_promise<bank_image> judge_bank(const set_bank_status& wish);
  caf::typed_response_promise<bank_reservation> hold(const take_out_bank& wish);
  caf::typed_response_promise<void> note_taken_out(const bank_taken_out& word);
  /// `done`: whether it could be stored or not.
  void keep(const bank_stayed& word, const std::function<void()>& done);
  void rename_amenity(const amenity_changed& news);

  // -- helpers
  [[nodiscard]] station_view view() const;
  void announce();
  /// What is about to become true, if operators want to know.
  void tell_feed(const stock_change& change) const;
  void tell_connectivity() const;
  [[nodiscard]] record record_of(const stock_change& change, timestamp at) const;
  void note(record& entry, const stock_event& event, timestamp at) const;
  void arm(std::uint32_t key, timestamp at);
  void save_status();
  /// Stores, then applies and answers; nothing to store: at once. `done` must leave the promise answered.
  void commit(record entry, stock_change change, std::function<void()> done,
              std::function<void(caf::error&)> failed, bool is_second_try = false);
  void store(record entry, std::function<void()> done, std::function<void(caf::error&)> failed);
  /// New facts of an operator's: stored, shown, told to the cabinet's kiosk.
  void put_facts(record entry, station_image next, std::function<void()> done,
                 std::function<void(caf::error&)> failed);
  /// What the database says of a bank that is not in this stock. Nobody else writes it until `found` calls
  /// what it was given.
  void look_up_stray(bank_sn bank,
                     std::function<void(const std::optional<bank_image>&, std::function<void()>)> found,
                     std::function<void(caf::error&)> failed);
  [[nodiscard]] station_status status() const;
  [[nodiscard]] station_status_change change_of_status(station_status before, station_status after,
                                                       timestamp at, std::string triggered_by) const;
  /// The same for a question whose answer is "stored".
  void commit_and_answer(caf::typed_response_promise<void> promise, stock_change change, timestamp at);
};

whole_station_actor::behavior_type station(whole_station_actor::stateful_pointer<station_state> self,
                                           station_setup setup);

}  // namespace chautari
