#include "tests/support/cabinet_world.hpp"

#include <algorithm>

#include "actors/kiosks/kiosks_directory.hpp"
#include "actors/stations/amenities_actor.hpp"
#include "actors/stations/issues_actor.hpp"
#include "actors/stations/stations_directory.hpp"
#include "actors/timers/timers_actor.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/memory_reader.hpp"

namespace chautari::testing {
namespace {

using shared_log = std::shared_ptr<cabinet_world_log>;

broker_actor::behavior_type memory_broker(shared_log log) {
  return {[log](const publish_command& command) -> caf::result<published> {
    if (log->broker_refuses) return caf::make_error(*log->broker_refuses);
    log->published.push_back(command);
    return published{};
  }};
}

rentals_actor::behavior_type scripted_rentals(shared_log log) {
  return {
      [](const start_rental&) -> caf::result<start_answer> {
        return caf::make_error(rental_refusal::rental_not_found);
      },
      [](const look_at_rental&) -> caf::result<rental_image> {
        return caf::make_error(rental_refusal::rental_not_found);
      },
      [](const find_open_rental&) { return open_rental_answer{}; },
      [log](const ejection_outcome& outcome) -> caf::result<outcome_noted> {
        if (log->rentals_refuse) return *log->rentals_refuse;
        log->outcomes.push_back(outcome);
        return outcome_noted{};
      },
      [log](const bank_seen& seen) -> caf::result<bank_seen_answer> {
        if (log->rentals_refuse) return *log->rentals_refuse;
        if (seen.bank == log->sighting_refused) return caf::make_error(rental_refusal::request_in_progress);
        log->sightings.push_back(seen);
        const auto told = log->answers.find(seen.bank);
        return bank_seen_answer{told == log->answers.end() ? sighting_answer::not_rented : told->second, {}};
      },
      [log](const lost_bank_found& found) -> caf::result<bank_seen_answer> {
        if (log->rentals_refuse) return *log->rentals_refuse;
        log->found.push_back(found);
        return bank_seen_answer{sighting_answer::closed, {}};
      },
      [](const bank_taken&) {},
      [](const extend_rental&) { return rental_answer{}; },
      [](const cancel_rental&) { return rental_answer{}; },
      [](const swap_rental&) { return rental_answer{}; },
      [](const pay_due&) { return rental_answer{}; },
      [](const note_location&) {},
      [](const force_complete&) { return force_answer{}; },
      [](const timer_fired&) {},
      [](const rental_registered&) {},
      [](const rental_unregistered&) {}};
}

outbox_actor::behavior_type keeping_outbox(shared_log log) {
  return {[](const ask_delivery&) { return delivery_state{}; },
          [log](const outgoing_message& message) { log->messages.push_back(message); },
          [](const timer_fired&) {}};
}

door_actor::behavior_type watching_door(shared_log log) {
  return {[log](const station_view& view) { log->views.push_back(view); },
          [](const rental_event&) {},
          [](const wallet_event&) {},
          [](const session_revoked&) {},
          [log](const stations_announced& all) { log->stations_announced = all.count; },
          [log](const operator_event& event) { log->events.push_back(event); },
          [log](const command_news& news) { log->news.push_back(news); },
          [](const operator_changed&) {},
          [](const prices_announced&) {},
          [](const payment_event&) {}};
}

}  // namespace

cabinet_world::cabinet_world(std::uint64_t seed, int banks) : system{seed} {
  const auto ids = system.ids();
  station = ids.make<station_id>();
  station_image facts;
  facts.id = station;
  facts.serial = serial;
  facts.cabinet = cabinet;
  facts.name = "Thamel Gate";
  facts.total_slots = 8;
  db->stations[station] = facts;
  record seeded{ids.make<record_id>(), system.now(), {}};
  for (int number = 1; number <= 8; ++number) {
    slot_image slot;
    slot.station = station;
    slot.number = number;
    if (number <= banks) {
      slot.status = slot_status::occupied;
      slot.device_code = 1;
      slot.battery = 90;
      bank_image bank;
      bank.id = ids.make<bank_id>();
      bank.serial = bank_sn{static_cast<std::uint32_t>(100 + number)};
      bank.battery = 90;
      bank.station = station;
      bank.slot = number;
      seeded.add(bank);
      slots[number] = {bank.serial, 90, 1};
    }
    seeded.add(slot);
  }
  db->store(seeded);
  start();
}

void cabinet_world::start() {
  world.now = system.clock();
  world.ids = system.ids();
  world.log = [log = log](log_entry entry) { log->log.push_back(std::move(entry)); };
  world.timers = system.spawn(timers, system.clock());
  world.journal = system.spawn(memory_journal, db);
  world.reader = system.spawn(memory_reader, db);
  world.broker = system.spawn(memory_broker, log);
  world.rentals = system.spawn(scripted_rentals, log);
  world.announce_to = {system.spawn(watching_door, log)};
  stations = system.spawn(stations_directory);
  kiosks = system.spawn(kiosks_directory);
  world.outbox = system.spawn(keeping_outbox, log);
  const auto amenity_list = system.spawn(amenities);
  const auto issue_desk = system.spawn(issues);
  world.stations = stations;
  world.station_office = stations;
  world.amenities = amenity_list;
  world.issues = issue_desk;
  world.kiosks = kiosks;
  system.ask<nothing>(stations, meet_network{world});
  system.ask<nothing>(kiosks, meet_network{world});
  system.ask<nothing>(amenity_list, meet_network{world});
  system.ask<nothing>(issue_desk, meet_network{world});
  run();
  const auto image = db->recover();
  system.ask<nothing>(amenity_list, adopt_amenities{image.amenities});
  for (const auto& chunk : stations_to_adopt(image))
    system.ask<nothing>(stations, chunk);
  run();
  for (const auto& chunk : kiosks_to_adopt(image))
    system.ask<nothing>(kiosks, chunk);
  run();
}

void cabinet_world::crash() {
  system.kill(kiosks);
  system.kill(stations);
  system.kill(world.rentals);
  system.kill(world.timers);
  log->published.clear();
  log->outcomes.clear();
}

void cabinet_world::send_frame(const std::vector<std::uint8_t>& bytes, cabinet_channel channel) {
  system.tell(kiosks, cabinet_frame{cabinet, channel, bytes, system.now()});
  run();
}

void cabinet_world::send_heartbeat() {
  heartbeat beat;
  beat.signal = 21;
  beat.power = 0;
  send_frame(encode(beat), cabinet_channel::heart);
}

cabinet_snapshot cabinet_world::snapshot() const {
  cabinet_snapshot shown;
  for (int board = 0; board < 2; ++board) {
    board_record one;
    one.index = static_cast<std::uint8_t>(board + 1);
    for (int at = 1; at <= 4; ++at) {
      slot_record record;
      record.slot = static_cast<std::uint8_t>(board * 4 + at);
      record.sensors = 0x80;
      if (const auto found = slots.find(record.slot); found != slots.end()) {
        record.state = found->second.code;
        record.sn = found->second.bank;
        record.charge_percent = static_cast<std::uint8_t>(found->second.battery);
        record.temperature_c = 25;
        record.sensors = 0;
      }
      one.slots.push_back(record);
    }
    shown.boards.push_back(one);
  }
  return shown;
}

void cabinet_world::send_snapshot() { send(snapshot()); }

void cabinet_world::send_reply(bank_sn bank, std::uint8_t state) {
  send(bank_ejection_reply{1, bank, state, 2});
}

void cabinet_world::send_return(int slot, bank_sn bank, std::uint8_t state) {
  return_report report;
  report.board = 1;
  report.slot = static_cast<std::uint8_t>(slot);
  report.sn = bank;
  report.state = state;
  report.bank = return_report::bank_condition{1, 55};
  send(report);
}

void cabinet_world::go_online() {
  send_heartbeat();
  send_snapshot();
}

eject_bank cabinet_world::order(bank_sn bank, int publishes_left) {
  const auto ids = system.ids();
  command_image command;
  command.id = ids.make<command_id>();
  command.cabinet = cabinet;
  command.rental = ids.make<rental_id>();
  command.bank = bank;
  for (const auto& [number, one] : slots) {
    if (one.bank == bank) command.slot = number;
  }
  command.issued_by = "rider:test";
  command.created_at = system.now();
  db->store(record{ids.make<record_id>(), system.now(), {command}});
  return {command, publishes_left};
}

eject_bank cabinet_world::rent(std::optional<bank_sn> wanted) {
  const auto rental = system.ids().make<rental_id>();
  const auto answer = system.ask<bank_reservation>(stations, reserve_bank{serial, rental, wanted, false});
  run();
  if (!answer->answer) return {};
  auto wish = order(answer->answer->bank.serial);
  wish.command.rental = rental;
  eject(wish);
  return wish;
}

void cabinet_world::eject(const eject_bank& wish) {
  system.tell(kiosks, wish);
  run();
}

std::size_t cabinet_world::count_published(const std::string& command) const {
  return static_cast<std::size_t>(std::count_if(
      log->published.begin(), log->published.end(),
      [&](const publish_command& one) { return one.json.find("\"" + command + "\"") != std::string::npos; }));
}

station_view cabinet_world::view() {
  const auto answer = system.ask<station_view>(stations, look_at_station{station});
  run();
  return answer->answer.value_or(station_view{});
}

kiosk_view cabinet_world::kiosk() {
  const auto answer = system.ask<kiosk_view>(kiosks, look_at_kiosk{cabinet});
  run();
  return answer->answer.value_or(kiosk_view{});
}

const ejection_outcome* cabinet_world::last_outcome() const {
  return log->outcomes.empty() ? nullptr : &log->outcomes.back();
}

}  // namespace chautari::testing
