#include "actors/kiosks/kiosk_actor.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "actors/kiosks/command_results.hpp"
#include "actors/lean_behavior.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/kiosks/cabinet_command.hpp"
#include "protocols/operations/feed.hpp"

namespace chautari {
namespace {

constexpr minutes tell_seen_after{5};

cabinet_picture picture_of(const std::vector<observed_slot>& slots, timestamp at) {
  cabinet_picture shown{at, {}};
  shown.slots.reserve(slots.size());
  for (const auto& slot : slots) {
    const bool is_unreadable = slot.device_code != 0 && !is_readable(slot.bank);
    shown.slots.push_back({static_cast<std::uint8_t>(slot.number), is_unreadable, slot.bank});
  }
  return shown;
}

std::string about_slot(const observed_slot& slot, std::uint8_t state) {
  return boost::json::serialize(boost::json::object{
      {"slot", slot.number}, {"bank", slot.bank.text()}, {"code", static_cast<int>(state)}});
}

}  // namespace

seconds kiosk_back_off(int tries) { return seconds{std::min(60, 1 << std::clamp(tries, 0, 6))}; }

void kiosk_state::begin(kiosk_actor::pointer me, kiosk_setup setup) {
  self = me;
  world = std::move(setup.world);
  const auto& past = *setup.past;
  cabinet = past.cabinet;
  station = past.station;
  station_serial = past.station_serial;
  station_name = past.station_name;
  total_slots = past.total_slots;
  port_one_offset = past.port_one_offset;
  link.is_online = past.was_online;
  link.last_seen_at = past.last_seen_at;
  if (past.last_seen_at != timestamp{}) outage_since = past.last_seen_at;
  const auto now = world->now();
  for (const auto& command : past.open_commands) {
    if (command.rental.is_nil()) {
      recover_command(command);
      continue;
    }
    if (command.state == command_state::queued) {
      give_up(command, 0, command_state::expired, "4.8-10");  // It never left us.
      continue;
    }
    tracked_ejection one;
    one.command = command;
    one.facts =
        ejection_recovered(command.bank, command.sent_at.value_or(command.created_at), command.attempt, now);
    busy().tracked.push_back(std::move(one));
  }
  arm();
}

// -- frames
// ------------------------------------------------------------------------------------------

void kiosk_state::hear(const cabinet_frame& frame) {
  notice(on_message(link, frame.received_at, frame.channel == cabinet_channel::heart ? "HEARTBEAT" : "SYNC"));
  if (frame.door == transport::mqtt) {
    read(frame);
  } else {
    take_upload(frame.received_at);
  }
  if (needs_snapshot) ask_for_snapshot();
  rest();
  arm();
}

void kiosk_state::read(const cabinet_frame& frame) {
  cabinet_report report;
  report.id = world->ids.make<report_id>();
  report.cabinet = cabinet;
  report.received_at = frame.received_at;
  report.frame_type = frame.bytes.size() > 3 ? frame.bytes[3] : -1;
  report.door = frame.door;
  report.raw = frame.bytes;
  const auto decoded = decode(frame.bytes, static_cast<std::size_t>(std::max(0, total_slots)));
  if (const auto* why = std::get_if<frame_error>(&decoded)) {
    reject(frame, std::move(report), *why);
  } else {
    std::visit([&](const auto& message) { take(message, std::move(report)); },
               std::get<cabinet_message>(decoded));
  }
}

void kiosk_state::reject(const cabinet_frame& frame, cabinet_report report, frame_error why) {
  ++frames_rejected;
  report.error = static_cast<std::int32_t>(why);
  const bool was_fact = is_evidence(report);
  store_quietly(std::move(report));
  log_event(world->log, log_level::warning, "frame-rejected", "A frame from a cabinet makes no sense",
            {{"imei", cabinet.value},
             {"error", std::string{to_string(why)}},
             {"bytes", std::to_string(frame.bytes.size())}});
  // It may have told of an ejection or a return; a snapshot will tell it again.
  if (was_fact) ask_for_snapshot();
}

void kiosk_state::take(const cabinet_snapshot& snapshot, cabinet_report report) {
  const auto at = report.received_at;
  auto slots = slots_of(snapshot, port_one_offset);
  if (is_check_open) {
    is_check_open = false;
    command_image asked;
    asked.id = world->ids.make<command_id>();
    asked.cabinet = cabinet;
    asked.kind = command_kind::check;
    asked.state = command_state::ok;
    asked.issued_by = "system";
    asked.created_at = check_sent_at;
    asked.sent_at = check_sent_at;
    asked.replied_at = at;
    store_quietly(std::move(asked));
  }
  needs_snapshot = false;
  if (business) business->wanted_until = {};
  if (business && !business->sent.empty())
    heard_by_commands(snapshot_came{}, result_of(snapshot, port_one_offset));
  bool settling = false;
  if (business) {
    for (std::size_t i = 0; i < business->tracked.size(); ++i) {
      auto& one = business->tracked[i];
      settling = settling || (one.facts.publishes > 0 && at < one.facts.sent_at + ejection_settling);
      feed(one, evidence_of(slots, one.command.bank, one.command.slot, port_one_offset), at);
    }
  }
  if (!settling) drop_hopeless(slots);
  const auto returned_at = happened_at(at);
  auto before = settling ? cabinet_picture{} : std::exchange(picture, picture_of(slots, at));
  if (!settling) {
    outage_since.reset();
    deny_claims(slots, at);
  }
  tell_hardware(snapshot);
  enqueue(snapshot_fact{
      {station, std::move(slots), at, std::move(report), settling}, returned_at, std::move(before)});
  start_next();
}

void kiosk_state::tell_hardware(const cabinet_snapshot& snapshot) {
  const auto mark = hardware_mark(snapshot, signal);
  if (mark == hardware_told_mark) return;
  hardware_told_mark = mark;
  self->send(world->station_office, hardware_told{station, hardware_of(snapshot, signal)});
}

void kiosk_state::take(const return_report& said, cabinet_report report) {
  take_return(said.state, slot_of(said, port_one_offset), sighting_kind::return_report, std::move(report));
}

void kiosk_state::take(const return_self_test& said, cabinet_report report) {
  take_return(said.record.state, slot_of(said, port_one_offset), sighting_kind::self_test, std::move(report));
}

void kiosk_state::take_return(std::uint8_t state, const observed_slot& slot, sighting_kind kind,
                              cabinet_report report) {
  const auto handling = handle_return(state, slot.bank);
  for (const auto delay : handling.checks) {
    if (delay.count() > 0) check_after(delay);
  }
  if (!handling.log.empty()) note(std::string{handling.log}, about_slot(slot, state), log_level::warning);
  if (handling.is_incident) {
    tell_operators(self, *world, "return.failed", feed_severity::warning, station,
                   {{"slot", slot.number}, {"code", static_cast<int>(state)}, {"reason", handling.log}});
  }
  if (handling.is_fact && !is_place(slot.number))
    check_after(seconds{1});  // It is somewhere: let it be shown.
  if (!handling.is_fact || !is_place(slot.number)) return store_quietly(std::move(report));
  const auto at = report.received_at;
  bank_seen seen{slot.bank,
                 station,
                 station_serial,
                 station_name,
                 cabinet,
                 slot.number,
                 slot.battery,
                 kind,
                 at,
                 happened_at(at),
                 handling.has_switch_fault,
                 std::move(report),
                 picture.absent_at(slot.bank, slot.number, port_one_offset)};
  enqueue(sighting_fact{std::move(seen), slot});
}

void kiosk_state::take(const heartbeat& beat, cabinet_report report) {
  if (beat.signal) signal = *beat.signal;
  store_quietly(std::move(report));
  const bool runs_on_battery = beat.power && backup_power_of(*beat.power) == backup_power::running;
  if (runs_on_battery == is_mains_lost) return;
  is_mains_lost = runs_on_battery;
  note(runs_on_battery ? "mains-lost" : "mains-back", "{}", log_level::warning);
  if (runs_on_battery) tell_operators(self, *world, "cabinet.power_lost", feed_severity::alarm, station);
}

void kiosk_state::take(const wifi_list& list, cabinet_report report) {
  heard_by_commands(wifi_list_came{}, result_of(list));
  store_quietly(std::move(report));
}

// -- being there
// ------------------------------------------------------------------------------------------

void kiosk_state::meet(const broker_session& session) {
  notice(on_session(link, session.is_connected, session.at));
  heard_by_commands(line_news{session.is_connected, session.at});
  if (business) start_next();
  arm();
}

void kiosk_state::notice(const connectivity_step& step) {
  const auto seen_before = link.last_seen_at;
  link = step.facts;
  const bool is_news = step.went_online || step.went_offline;
  // Whoever watches the station sees how late its heartbeat is: told once a heartbeat, not once a frame.
  if (!is_news && (!link.is_online || link.last_seen_at < told_seen_at + tell_seen_after)) return;
  told_seen_at = link.last_seen_at;
  if (step.went_offline && !outage_since) outage_since = seen_before;
  self->send(world->stations, connectivity_changed{station, link.is_online, world->now(), link.last_seen_at,
                                                   step.triggered_by});
  if (!is_news) return;
  note(step.went_online ? "cabinet-online" : "cabinet-offline", "{}");
  if (!step.went_online) return;
  needs_snapshot = true;
  want_snapshot();
}

void kiosk_state::change_line(const line_changed& news) {
  is_line_lost = !news.is_connected;
  if (link.last_seen_at == timestamp{}) return;
  // What happens from here on is heard late; riders do not pay for that.
  if (!outage_since) outage_since = link.last_seen_at;
  if (!news.is_connected || !link.is_online) return;
  needs_snapshot = true;  // Asked for with the next frame, or when the lot falls on us.
  check_after(milliseconds{world->ids.random() % milliseconds{limits::line_checks_spread}.count()});
}

timestamp kiosk_state::happened_at(timestamp heard_at) const {
  return outage_since ? std::min(*outage_since, heard_at) : heard_at;
}

void kiosk_state::wake(const timer_fired& timer) {
  if (timer.revision != timer_revision) return;
  armed_at = {};
  const auto now = world->now();
  notice(on_clock(link, now));
  if (business) {
    auto& checks = business->checks;
    const auto due = std::erase_if(checks, [&](timestamp at) { return at <= now; });
    if (now >= business->wanted_until) business->wanted_until = {};
    const auto again = asks_again_at();
    if (due > 0 || (again && *again <= now)) ask_for_snapshot();
    commands_on_clock(now);
    ejections_on_clock(now);
    work();
    save();
  }
  rest();
  arm();
}

kiosk_view kiosk_state::view() const {
  kiosk_view shown;
  shown.cabinet = cabinet;
  shown.station = station;
  shown.is_online = link.is_online && !is_line_lost;
  shown.last_seen_at = link.last_seen_at;
  shown.is_ejecting = is_ejecting();
  shown.queued = business ? static_cast<std::int32_t>(business->queue.size()) : 0;
  shown.frames_rejected = frames_rejected;
  return shown;
}

void kiosk_state::learn(const register_cabinet& facts) {
  station = facts.station;
  station_serial = facts.station_serial;
  station_name = facts.station_name;
  total_slots = facts.total_slots;
  if (facts.port_one_offset == port_one_offset) return;
  port_one_offset = facts.port_one_offset;
  picture = {};           // It speaks of the old numbers.
  needs_snapshot = true;  // Whatever sits on io port 1 has another number now.
  if (link.is_online) ask_for_snapshot();
}

// -- helpers
// ------------------------------------------------------------------------------------------

kiosk_business& kiosk_state::busy() {
  if (!business) business = std::make_unique<kiosk_business>();
  return *business;
}

void kiosk_state::rest() {
  if (business && business->is_idle()) business.reset();
}

std::optional<timestamp> kiosk_state::next_due() const {
  std::optional<timestamp> due = next_wake(link);
  const auto consider = [&](timestamp at) { due = due ? std::min(*due, at) : at; };
  if (!business) return due;
  for (const auto at : business->checks)
    consider(at);
  if (const auto again = asks_again_at()) consider(*again);
  for (const auto& one : business->queue)
    consider(one.since + limits::ejection_queue_wait_max);
  for (const auto& one : business->sent) {
    if (one.is_leaving) continue;
    if (const auto wakes_at = next_wake(one.facts)) consider(*wakes_at);
    if (!business->queue.empty() && holds_ejections(one.facts, world->now()))
      consider(one.facts.sent_at + line_cut_settling);
  }
  if (!business->issued.empty()) consider(business->issued.front() + minutes{1});
  for (const auto& one : business->tracked) {
    const auto wakes_at = next_wake(one.facts);
    if (wakes_at && !one.is_storing) consider(*wakes_at);
    if (one.untold && !one.is_telling) consider(one.tell_again_at);
  }
  if (!business->facts.empty() && !business->is_working) consider(business->work_again_at);
  if (!business->unsaved.empty() && !business->is_saving) consider(business->save_again_at);
  return due;
}

void kiosk_state::arm() {
  const auto due = next_due();
  if (!due) return;
  // Never in the past: an outcome nobody takes must not turn into a busy loop.
  const auto at = std::max(*due, world->now() + milliseconds{1});
  if (armed_at != timestamp{} && armed_at <= at) return;
  armed_at = at;
  self->send(world->timers, arm_timer{caf::actor_cast<timed_actor>(self), 0, ++timer_revision, at});
}

kiosk_actor::behavior_type kiosk(kiosk_actor::stateful_pointer<kiosk_state> self, kiosk_setup setup) {
  auto& state = self->state;
  state.begin(self, std::move(setup));
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return lean_behavior<kiosk_actor>(state, [](kiosk_state& my) {
    return std::tuple{[&my](const cabinet_frame& frame) { my.hear(frame); },
                      [&my](const return_call& call) { my.take(call); },
                      [&my](const broker_session& session) { my.meet(session); },
                      [&my](const line_changed& news) { my.change_line(news); },
                      [&my](const eject_bank& wish) { my.eject(wish); },
                      [&my](const request_snapshot&) { my.want_snapshot(); },
                      [&my](const look_at_kiosk&) { return my.view(); },
                      [&my](const operator_command& wish) { return my.obey(wish); },
                      [&my](const register_cabinet& facts) { my.learn(facts); },
                      [&my](const retire_cabinet&) { my.self->quit(); },
                      [&my](const timer_fired& timer) { my.wake(timer); }};
  });
}

}  // namespace chautari
