#include "actors/kiosks/kiosk_actor.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/kiosks/cabinet_command.hpp"

namespace chautari {
namespace {

constexpr std::size_t checks_planned_max = 8;

std::string about_slot(const observed_slot& slot, std::uint8_t state) {
  return boost::json::serialize(boost::json::object{
      {"slot", slot.number}, {"bank", slot.bank.text()}, {"code", static_cast<int>(state)}});
}

/// Says that a bank moved, or failed to: nothing else may ever tell it again.
bool is_evidence(const record_part& part) {
  const auto* report = std::get_if<cabinet_report>(&part);
  return report != nullptr && (report->frame_type == static_cast<int>(a8_command::bank_ejection) ||
                               report->frame_type == static_cast<int>(a8_command::return_report) ||
                               report->frame_type == static_cast<int>(a8_command::self_test));
}

}  // namespace

seconds kiosk_back_off(int tries) { return seconds{std::min(60, 1 << std::clamp(tries, 0, 6))}; }

void kiosk_state::begin(kiosk_actor::pointer me, kiosk_setup setup) {
  self = me;
  world = std::move(setup.world);
  auto& past = setup.past;
  cabinet = std::move(past.cabinet);
  station = past.station;
  station_serial = std::move(past.station_serial);
  station_name = std::move(past.station_name);
  total_slots = past.total_slots;
  link.is_online = past.was_online;
  link.last_seen_at = past.last_seen_at;
  if (past.last_seen_at != timestamp{}) outage_since = past.last_seen_at;
  const auto now = world->now();
  for (const auto& command : past.open_commands) {
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
  cabinet_report report;
  report.id = world->ids.make<report_id>();
  report.cabinet = cabinet;
  report.received_at = frame.received_at;
  report.frame_type = frame.bytes.size() > 3 ? frame.bytes[3] : -1;
  report.raw = frame.bytes;
  const auto decoded = decode(frame.bytes, static_cast<std::size_t>(std::max(0, total_slots)));
  if (const auto* why = std::get_if<frame_error>(&decoded)) {
    reject(frame, std::move(report), *why);
  } else {
    std::visit([&](const auto& message) { take(message, std::move(report)); },
               std::get<cabinet_message>(decoded));
  }
  if (needs_snapshot) ask_for_snapshot();
  rest();
  arm();
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
  auto slots = slots_of(snapshot);
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
  bool settling = false;
  if (business) {
    for (std::size_t i = 0; i < business->tracked.size(); ++i) {
      auto& one = business->tracked[i];
      settling = settling || (one.facts.publishes > 0 && at < one.facts.sent_at + ejection_settling);
      feed(one, evidence_of(slots, one.command.bank, one.command.slot), at);
    }
  }
  if (!settling) drop_hopeless(slots);
  const auto returned_at = happened_at(at);
  if (!settling) outage_since.reset();
  enqueue(snapshot_fact{{station, std::move(slots), at, std::move(report), settling}, returned_at});
  start_next();
}

void kiosk_state::take(const return_report& said, cabinet_report report) {
  take_return(said.state, slot_of(said), sighting_kind::return_report, std::move(report));
}

void kiosk_state::take(const return_self_test& said, cabinet_report report) {
  take_return(said.record.state, slot_of(said), sighting_kind::self_test, std::move(report));
}

void kiosk_state::take_return(std::uint8_t state, const observed_slot& slot, sighting_kind kind,
                              cabinet_report report) {
  const auto handling = handle_return(state, slot.bank);
  for (const auto delay : handling.checks) {
    if (delay.count() > 0) check_after(delay);
  }
  if (!handling.log.empty()) note(std::string{handling.log}, about_slot(slot, state), log_level::warning);
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
                 std::move(report)};
  enqueue(sighting_fact{std::move(seen), slot});
}

void kiosk_state::take(const heartbeat& beat, cabinet_report report) {
  store_quietly(std::move(report));
  const bool runs_on_battery = beat.power && backup_power_of(*beat.power) == backup_power::running;
  if (runs_on_battery == is_mains_lost) return;
  is_mains_lost = runs_on_battery;
  note(runs_on_battery ? "mains-lost" : "mains-back", "{}", log_level::warning);
}

void kiosk_state::take(const slot_ejection_reply&, cabinet_report report) {
  store_quietly(std::move(report));
}

void kiosk_state::take(const wifi_list&, cabinet_report report) { store_quietly(std::move(report)); }

// -- being there
// ------------------------------------------------------------------------------------------

void kiosk_state::meet(const broker_session& session) {
  notice(on_session(link, session.is_connected, session.at));
  arm();
}

void kiosk_state::notice(const connectivity_step& step) {
  const auto seen_before = link.last_seen_at;
  link = step.facts;
  if (!step.went_online && !step.went_offline) return;
  if (step.went_offline && !outage_since) outage_since = seen_before;
  self->send(world->stations, connectivity_changed{station, link.is_online, world->now(), link.last_seen_at,
                                                   step.triggered_by});
  note(step.went_online ? "cabinet-online" : "cabinet-offline", "{}");
  if (!step.went_online) return;
  needs_snapshot = true;
  ask_for_snapshot();
}

void kiosk_state::change_line(const line_changed& news) {
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

void kiosk_state::ask_for_snapshot(bool is_urgent) {
  const auto now = world->now();
  if (!is_urgent && is_check_open && now < check_sent_at + reply_wait(cabinet_command_kind::check)) return;
  const auto command = needs_snapshot ? check_all_command() : check_command();
  is_check_open = true;
  check_sent_at = now;
  self->request(world->broker, caf::infinite,
                publish_command{cabinet, command.payload, quality_of_service(command.kind)})
      .then([](const published&) {}, [this](caf::error&) { is_check_open = false; });
}

void kiosk_state::check_after(milliseconds delay) {
  auto& checks = busy().checks;
  if (checks.size() < checks_planned_max) checks.push_back(world->now() + delay);
  arm();
}

void kiosk_state::wake(const timer_fired& timer) {
  if (timer.revision != timer_revision) return;
  armed_at = {};
  const auto now = world->now();
  notice(on_clock(link, now));
  if (business) {
    auto& checks = business->checks;
    const auto due = std::erase_if(checks, [&](timestamp at) { return at <= now; });
    if (due > 0) ask_for_snapshot();
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
  shown.is_online = link.is_online;
  shown.last_seen_at = link.last_seen_at;
  shown.is_ejecting = is_blocked();
  shown.queued = business ? static_cast<std::int32_t>(business->queue.size()) : 0;
  shown.frames_rejected = frames_rejected;
  return shown;
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

void kiosk_state::store_quietly(record_part part, bool must_be_kept) {
  const bool is_kept = must_be_kept || is_evidence(part);
  record entry{world->ids.make<record_id>(), world->now(), {}};
  entry.add(std::move(part));
  if (reports_in_flight >= limits::kiosk_reports_in_flight_max) {
    if (is_kept) keep(std::move(entry));
    return;
  }
  ++reports_in_flight;
  auto failed = [this, kept = is_kept ? entry : record{}](const caf::error& why) {
    --reports_in_flight;
    const bool is_refused = reason_of<journal_refusal>(why) == journal_refusal::conflict;
    if (!kept.parts.empty() && !is_refused) keep(kept);
  };
  self->request(world->journal, caf::infinite, std::move(entry))
      .then([this](const stored&) { --reports_in_flight; }, std::move(failed));
}

void kiosk_state::keep(record entry) {
  auto& work_list = busy();
  if (work_list.unsaved.size() >= limits::kiosk_unsaved_max) {
    log_event(world->log, log_level::error, "evidence-lost", "A cabinet tells more than can be stored",
              {{"imei", cabinet.value}});
    return;
  }
  if (work_list.unsaved.empty()) work_list.save_again_at = world->now() + kiosk_back_off(0);
  work_list.unsaved.push_back(std::move(entry));
  arm();
}

void kiosk_state::save() {
  if (!business || business->is_saving || business->unsaved.empty()) return;
  if (world->now() < business->save_again_at) return;
  business->is_saving = true;
  const auto done = [this] {
    business->is_saving = false;
    business->saving_tries = 0;
    business->unsaved.erase(business->unsaved.begin());
    save();
    rest();
    arm();
  };
  auto failed = [this, done](const caf::error& why) {
    if (reason_of<journal_refusal>(why) == journal_refusal::conflict) return done();
    business->is_saving = false;
    business->save_again_at = world->now() + kiosk_back_off(++business->saving_tries);
    arm();
  };
  self->request(world->journal, caf::infinite, business->unsaved.front())
      .then([done](const stored&) { done(); }, failed);
}

void kiosk_state::note(std::string kind, const std::string& data, log_level level) {
  log_event(world->log, level, kind, "A cabinet's story goes on", {{"imei", cabinet.value}, {"data", data}});
  const auto now = world->now();
  store_quietly(cabinet_log_entry{cabinet, now, now, std::move(kind), data}, level == log_level::error);
}

std::optional<timestamp> kiosk_state::next_due() const {
  std::optional<timestamp> due = next_wake(link);
  const auto consider = [&](timestamp at) { due = due ? std::min(*due, at) : at; };
  if (!business) return due;
  for (const auto at : business->checks)
    consider(at);
  for (const auto& one : business->queue)
    consider(one.since + limits::ejection_queue_wait_max);
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
  return {[&state](const cabinet_frame& frame) { state.hear(frame); },
          [&state](const broker_session& session) { state.meet(session); },
          [&state](const line_changed& news) { state.change_line(news); },
          [&state](const eject_bank& wish) { state.eject(wish); },
          [&state](const request_snapshot&) { state.ask_for_snapshot(); },
          [&state](const look_at_kiosk&) { return state.view(); },
          [](const operator_command&) -> caf::result<command_answer> {
            return caf::make_error(command_refusal::station_offline);
          },
          [](const register_cabinet&) {},
          [](const retire_cabinet&) {},
          [&state](const timer_fired& timer) { state.wake(timer); }};
}

}  // namespace chautari
