#include "actors/stations/stations_directory.hpp"

namespace chautari {

const whole_station_actor* stations_directory_state::find(station_id id) const {
  const auto found = by_id.find(id);
  return found == by_id.end() ? nullptr : &found->second;
}

void stations_directory_state::introduce(const recovered_station& past) {
  station_stock stock;
  for (const auto& slot : past.slots)
    stock.slots.push_back(facts_of(slot));
  for (const auto& bank : past.banks)
    stock.banks.push_back(facts_of(bank));
  auto first = view_of(past.facts, stock, past.state.is_online, past.state.last_seen_at, world->now());
  first.revision = 1;
  for (const auto& door : world->announce_to)
    self->send(door, first);
}

void stations_directory_state::give_birth(std::shared_ptr<const recovered_station> past) {
  by_serial.insert_or_assign(past->facts.serial, past->facts.id);
  auto child = self->spawn(station, station_setup{world, past, 1});
  self->monitor(child);
  by_id.emplace(past->facts.id, std::move(child));
}

void stations_directory_state::adopt(const adopt_stations& chunk) {
  // What lives for a moment comes before what stays, or each station would be followed by a hole.
  const auto kept = std::make_shared<const adopt_stations>(chunk);
  for (const auto& past : kept->stations) {
    if (by_id.count(past.facts.id) == 0) introduce(past);
  }
  for (const auto& past : kept->stations) {
    if (by_id.count(past.facts.id) == 0) give_birth({kept, &past});
  }
  if (!chunk.is_last) return;
  for (const auto& door : world->announce_to)
    self->send(door, stations_announced{by_id.size()});
}

/// Its stock cannot be read again while we run; questions to it fail, and a person must look.
void stations_directory_state::mourn(const caf::down_msg& down) {
  settle_all_of(down.source);
  for (const auto& [id, station] : by_id) {
    if (station.address() != down.source) continue;
    log_event(world->log, log_level::error, "station-died", "The actor of a station died",
              {{"station", id.text()}, {"code", std::to_string(down.reason.code())}});
  }
}

station_directory_actor::behavior_type stations_directory(
    station_directory_actor::stateful_pointer<stations_directory_state> self) {
  auto& state = self->state;
  state.self = self;
  self->set_exit_handler([self](const caf::exit_msg& bye) {
    for (const auto& [id, station] : self->state.by_id)
      self->send_exit(station, bye.reason);
    self->quit(bye.reason);
  });
  self->set_down_handler([self](const caf::down_msg& down) { self->state.mourn(down); });
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {[&state](const reserve_bank& wish) -> caf::result<bank_reservation> {
            const auto found = state.by_serial.find(wish.station);
            if (found == state.by_serial.end()) return caf::make_error(station_refusal::station_not_found);
            return state.self->delegate(state.by_id.at(found->second), wish);
          },
          [&state](const release_bank& word) { state.tell(word); },
          [&state](const bank_left& word) { state.tell(word); },
          [&state](const seat_bank& word) { state.tell(word); },
          [&state](const bank_seen_elsewhere& word) { state.tell(word); },
          [&state](const observe_snapshot& word) { return state.pass_on<snapshot_applied>(word); },
          [&state](const adopt_bank& word) { return state.pass_on<bank_adopted>(word); },
          [&state](const prepare_slot& word) { return state.pass_on<void>(word); },
          [&state](const bank_escaped& word) { return state.pass_on<void>(word); },
          [&state](const look_at_bank& word) { return state.pass_on<seated_bank>(word); },
          [&state](const connectivity_changed& word) { state.tell(word); },
          [&state](const look_at_station& word) { return state.pass_on<station_view>(word); },
          [](const timer_fired&) {},
          [&state](const look_inside& word) { return state.pass_on<station_inside>(word); },
          [&state](const hardware_told& word) { state.tell(word); },
          [&state](const change_station& wish) { return state.change(wish); },
          [&state](const set_maintenance& word) { return state.pass_on<station_inside>(word); },
          [&state](const delete_station& word) { return state.pass_on<void>(word); },
          [&state](const set_slot_lock& word) { return state.pass_on<void>(word); },
          [&state](const take_out_bank& word) { return state.pass_on<bank_reservation>(word); },
          [&state](const bank_taken_out& word) { return state.pass_on<void>(word); },
          [&state](const bank_stayed& word) { state.tell(word); },
          [&state](const set_bank_status& wish) { return state.judge_bank(wish); },
          [&state](const amenity_changed& news) {
            for (const auto& [id, station] : state.by_id)
              state.self->send(station, news);
          },
          [&state](const create_station& wish) { return state.create(wish); },
          [&state](const claim_stray& wish) { return state.claim(wish); },
          [&state](const stray_settled& word) { state.settle(word.bank); },
          [&state](const meet_network& meeting) {
            state.world = std::make_shared<const network>(meeting.everybody);
          },
          [&state](const adopt_stations& chunk) { state.adopt(chunk); }};
}

}  // namespace chautari
