#include "actors/kiosks/registry_actor.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>
#include <variant>

#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/kiosks/cabinet_a8.hpp"
#include "protocols/operations/feed.hpp"

namespace chautari {
namespace {

/// A stranger who goes on speaking is cut off again so often.
constexpr hours stranger_cut_off_every{1};

/// The body of an upload as the inbox keeps it. By HTTP only a snapshot counts: whatever else comes this way
/// is no evidence, so its kind is not noted.
cabinet_report report_of(const upload_snapshot& call, report_id id, timestamp now) {
  cabinet_report report{id, call.cabinet, now, transport::http, -1, 0, call.frame, {}};
  const auto read = decode(call.frame);
  if (const auto* wrong = std::get_if<frame_error>(&read)) {
    report.error = static_cast<std::int32_t>(*wrong);
  } else if (!std::holds_alternative<cabinet_snapshot>(std::get<cabinet_message>(read))) {
    report.error = static_cast<std::int32_t>(frame_error::command);
  } else {
    report.frame_type = static_cast<std::int32_t>(a8_command::snapshot);
  }
  return report;
}

/// As the cabinet signed it.
std::vector<std::uint8_t> bytes_of(const claim_return& call) {
  const auto text = "hole=" + std::to_string(call.slot) + "|rentboxSN=" + call.cabinet.value +
                    "|singleSN=" + call.bank.text();
  return {text.begin(), text.end()};
}

/// "Stored": the typed promise cannot say "nothing" in this version of CAF.
void answer_done(caf::typed_response_promise<void> promise) {
  caf::response_promise& untyped = promise;
  untyped.deliver(caf::unit);
}

}  // namespace

cabinet_log_entry registry_line(const imei& cabinet, timestamp at, std::string kind,
                                const boost::json::object& data) {
  return {cabinet, at, at, std::move(kind), boost::json::serialize(data)};
}

std::string pause_of(seconds length) {
  return boost::json::serialize(boost::json::object{{"retry_after", length.count()}});
}

// -- files
// ------------------------------------------------------------------------------------------

registry_state::cabinet_file& registry_state::file_of(const imei& cabinet) {
  if (files.count(cabinet) == 0) {
    make_room();
    ++strangers;  // Until a station is found for it.
  }
  auto& file = files[cabinet];
  file.touched_at = world->now();
  return file;
}

/// The stranger that was silent longest is forgotten; its row stays.
void registry_state::make_room() {
  if (strangers < limits::unknown_cabinets_max) return;
  auto oldest = files.end();
  for (auto each = files.begin(); each != files.end(); ++each) {
    if (each->second.is_ours || each->second.is_changing) continue;
    if (oldest == files.end() || each->second.touched_at < oldest->second.touched_at) oldest = each;
  }
  if (oldest == files.end()) return;
  files.erase(oldest);
  --strangers;
}

void registry_state::with_file(const imei& cabinet, const failing& fail,
                               std::function<void(const registry_entry*)> go, bool asks_again) {
  if (file_of(cabinet).is_loaded && !asks_again) return go(nullptr);
  self->request(world->reader, caf::infinite, load_registry_entry{cabinet})
      .then(
          [=, this, go = std::move(go)](const registry_entry& stored_one) {
            auto& file = file_of(cabinet);
            if (!file.is_loaded) {
              file.is_loaded = true;
              file.account = stored_one.account;
              file.stranger = stored_one.stranger;
              if (file.stranger) file.stranger_stored_at = file.stranger->last_seen_at;
            }
            go(&stored_one);
          },
          [fail](const caf::error& why) { fail(why); });
}

void registry_state::put(record entry, const failing& fail, std::function<void()> done) {
  self->request(world->journal, caf::infinite, std::move(entry))
      .await([done = std::move(done)](const stored&) { done(); },
             [fail](const caf::error& why) { fail(why); });
}

// -- strangers
// ------------------------------------------------------------------------------------------

void registry_state::if_ours(const stranger_call& call, const failing& fail, std::function<void()> go) {
  self->request(world->kiosks, caf::infinite, look_at_kiosk{call.cabinet})
      .then(
          [=, this, go = std::move(go)](const kiosk_view&) {
            auto& file = file_of(call.cabinet);
            if (!std::exchange(file.is_ours, true)) --strangers;
            go();
          },
          [=, this](const caf::error& why) {
            if (reason_of<station_refusal>(why) == station_refusal::station_not_found)
              return meet(call, fail);
            fail(why);
          });
}

/// Who was no stranger when we last knew, or has a login to lose, is none before the database says so.
void registry_state::meet(const stranger_call& call, const failing& fail) {
  const auto judge_it = [=, this](const registry_entry* stored_one) {
    auto& file = file_of(call.cabinet);
    // Its kiosk is being born, or born again: it may call once more.
    if (stored_one != nullptr && !stored_one->station.is_nil()) {
      if (!std::exchange(file.is_ours, true)) --strangers;
      return fail(refuse(registry_refusal::broker_unavailable));
    }
    if (std::exchange(file.is_ours, false)) ++strangers;
    note_stranger(call);
    const bool is_rejected = file.stranger && file.stranger->state == stranger_state::rejected;
    fail(refuse(is_rejected ? registry_refusal::cabinet_rejected : registry_refusal::unknown_cabinet));
  };
  const auto& known = file_of(call.cabinet);
  const bool has_login = known.account && !known.account->revoked_at;
  with_file(call.cabinet, fail, judge_it, known.is_ours || has_login);
}

void registry_state::note_stranger(const stranger_call& call) {
  ++calls_of_strangers;
  const auto now = world->now();
  auto& file = file_of(call.cabinet);
  const bool is_new = !file.stranger;
  if (is_new && now >= today_began_at + hours{24}) {
    today_began_at = now;
    stored_today = 0;
  }
  if (is_new && stored_today >= limits::strangers_a_day_max) return;
  file.stranger = noted(file.stranger, call, now);
  if (may_alarm(call.cabinet)) {
    log_event(world->log, log_level::warning, "cabinet-unknown", "A cabinet that no station has calls us.",
              {{"imei", call.cabinet.value}, {"door", to_string(call.door)}, {"address", call.address}});
    if (file.stranger->state == stranger_state::waiting)
      tell_operators(self, *world, "cabinet.unknown", feed_severity::warning, {},
                     {{"imei", call.cabinet.value}, {"reason", "no_station"}});
  }
  if (!is_new && now < file.stranger_stored_at + limits::stranger_noted_every) return;
  if (is_new) ++stored_today;
  file.stranger_stored_at = now;
  record entry{world->ids.make<record_id>(), now, {}};
  entry.add(*file.stranger);
  // Not stored: with its next call, then.
  self->request(world->journal, caf::infinite, std::move(entry))
      .then([](const stored&) {},
            [this, cabinet = call.cabinet](const caf::error&) { file_of(cabinet).stranger_stored_at = {}; });
}

bool registry_state::may_alarm(const imei& cabinet) {
  auto& file = file_of(cabinet);
  if (world->now() < file.alarmed_at + hours{1}) return false;
  file.alarmed_at = world->now();
  return true;
}

/// It speaks over MQTT, and no station has it: whatever account it has there, it was a station's once.
void registry_state::hear(const stranger_heard& word) {
  if (!world) return;
  stranger_call call{word.cabinet, transport::mqtt, {}, {}, {}};
  meet(call, [this, cabinet = word.cabinet](const caf::error& why) {
    const auto reason = reason_of<registry_refusal>(why);
    if (reason == registry_refusal::unknown_cabinet || reason == registry_refusal::cabinet_rejected)
      cut_off(cabinet);
  });
}

/// Also if we know of no account: the broker may have one from before a database that was put back.
void registry_state::cut_off(const imei& cabinet) {
  auto& file = file_of(cabinet);
  const auto now = world->now();
  if (file.is_changing || now < file.cut_off_at + stranger_cut_off_every) return;
  file.cut_off_at = now;
  file.is_changing = true;
  const auto end = [this, cabinet](const caf::error&) { file_of(cabinet).is_changing = false; };
  self->request(accounts, caf::infinite, close_account{cabinet})
      .then(
          [=, this](const account_changed&) {
            const auto& account = file_of(cabinet).account;
            if (!account || account->revoked_at) return end({});
            const auto after = revoked(account, cabinet, now);
            record entry{world->ids.make<record_id>(), now, {}};
            entry.add(after).add(registry_line(cabinet, now, "account-revoked", {{"reason", "no_station"}}));
            put(std::move(entry), end, [=, this] {
              file_of(cabinet).account = after;
              end({});
            });
          },
          end);
}

// -- what cabinets say over HTTP
// ------------------------------------------------------------------------------------------

bool registry_state::may_call(const imei& cabinet, const failing& fail) {
  const auto wait = file_of(cabinet).calls.take(limits::cabinet_calls_an_hour_max, world->now());
  if (!wait) return true;
  fail(refuse(registry_refusal::call_too_often, pause_of(*wait)));
  return false;
}

caf::typed_response_promise<void> registry_state::take_upload(const upload_snapshot& call) {
  auto promise = self->make_response_promise<void>();
  const auto fail = failing_of(promise);
  if_ours({call.cabinet, transport::http, call.address, {}, {}}, fail, [=, this] {
    if (!may_call(call.cabinet, fail)) return;
    const auto now = world->now();
    const auto report = report_of(call, world->ids.make<report_id>(), now);
    record entry{world->ids.make<record_id>(), now, {}};
    entry.add(report);
    self->request(world->journal, caf::infinite, std::move(entry))
        .then(
            [=, this](const stored&) {
              if (report.error != 0) return fail(refuse(registry_refusal::call_not_read));
              answer_done(promise);
              self->send(
                  world->kiosks,
                  cabinet_frame{call.cabinet, cabinet_channel::upload, report.raw, now, {}, transport::http});
              note_hardware(call.cabinet, call.hardware);
            },
            [fail](const caf::error& why) { fail(why); });
  });
  return promise;
}

/// Firmware and network change rarely: a line for each change.
void registry_state::note_hardware(const imei& cabinet, const std::string& hardware) {
  if (hardware.empty() || hardware.size() > limits::hardware_bytes_max) return;
  if (std::exchange(file_of(cabinet).hardware, hardware) == hardware) return;
  const auto now = world->now();
  record entry{world->ids.make<record_id>(), now, {}};
  entry.add(cabinet_log_entry{cabinet, now, now, "hardware-told", hardware});
  self->request(world->journal, caf::infinite, std::move(entry))
      .then([](const stored&) {}, [](const caf::error&) {});
}

caf::typed_response_promise<void> registry_state::take_claim(const claim_return& call) {
  auto promise = self->make_response_promise<void>();
  const auto fail = failing_of(promise);
  if_ours({call.cabinet, transport::http, call.address, {}, {}}, fail, [=, this] {
    if (!may_call(call.cabinet, fail)) return;
    if (!is_readable(call.bank) || call.slot < 1 || call.slot > limits::station_slots_max)
      return fail(refuse(registry_refusal::call_not_read));
    const auto now = world->now();
    record entry{world->ids.make<record_id>(), now, {}};
    entry.add(cabinet_report{
        world->ids.make<report_id>(), call.cabinet, now, transport::http, -1, 0, bytes_of(call), {}});
    self->request(world->journal, caf::infinite, std::move(entry))
        .then(
            [=, this](const stored&) {
              answer_done(promise);
              self->send(world->kiosks, return_call{call.cabinet, call.bank, call.slot, call.battery, now});
            },
            [fail](const caf::error& why) { fail(why); });
  });
  return promise;
}

registry_newcomer_actor::behavior_type cabinet_registry(
    registry_newcomer_actor::stateful_pointer<registry_state> self, broker_accounts_actor accounts) {
  auto& state = self->state;
  state.self = self;
  state.accounts = std::move(accounts);
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {[&state](const connect_cabinet& call) { return state.connect(call); },
          [&state](const upload_snapshot& call) { return state.take_upload(call); },
          [&state](const claim_return& call) { return state.take_claim(call); },
          [&state](const stranger_heard& word) { state.hear(word); },
          [&state](const judge_stranger& wish) { return state.judge(wish); },
          [&state](const look_at_broker_account& question) { return state.look(question); },
          [&state](const change_broker_account& wish) { return state.change(wish); },
          [&state](const meet_network& meeting) {
            state.world = std::make_shared<const network>(meeting.everybody);
          }};
}

}  // namespace chautari
