#include "actors/kiosks/sync_clerk_actor.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <limits>

#include "actors/kiosks/presence_rules.hpp"
#include "protocols/base/id_source.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/rentals/bill.hpp"
#include "protocols/rentals/views.hpp"

namespace chautari {
namespace {

constexpr seconds signature_kept_for{600};
/// What was said earlier of slots or of the line says nothing about now; the next word does.
constexpr minutes word_fresh_for{25};
/// A bridge's clock may be so far from ours; X-Timestamp may, too.
constexpr seconds bridge_clock_off{300};
constexpr const char* picture_kind = "sync-full";
constexpr const char* sync_route = "POST /api/internal/stations/data";

/// Under which the sequence of a cabinet's newest picture is kept, beside the answers and as long as they.
command_id sequence_key(const imei& cabinet) {
  return command_id{make_named_uuid({}, "newest picture of " + cabinet.value)};
}

observed_slot slot_of(const synced_return& what) {
  observed_slot slot;
  slot.number = what.slot;
  slot.device_code = 1;
  slot.bank = what.bank;
  slot.battery = what.battery;
  return slot;
}

/// As the inbox would have it from the cabinet itself.
cabinet_report report_of(const synced_return& what, const imei& cabinet, report_id id, timestamp at) {
  return_report said;
  said.board = 1;
  said.slot = static_cast<std::uint8_t>(what.slot);
  said.sn = what.bank;
  said.state = 1;
  if (what.battery >= 0)
    said.bank = return_report::bank_condition{0, static_cast<std::uint8_t>(what.battery)};
  cabinet_report report;
  report.id = id;
  report.cabinet = cabinet;
  report.received_at = at;
  report.door = transport::http;
  report.frame_type = static_cast<std::int32_t>(a8_command::return_report);
  report.raw = encode(said);
  return report;
}

}  // namespace

sync_memory::novelty sync_memory::hear(const std::string& signature, timestamp now) {
  while (!order.empty() && order.front().at + signature_kept_for <= now) {
    signatures.erase(order.front().signature);
    order.pop_front();
  }
  if (signatures.count(signature) > 0) return novelty::heard_before;
  if (order.size() >= limits::sync_signatures_max) return novelty::no_room;
  signatures.insert(signature);
  order.push_back({signature, now});
  return novelty::is_new;
}

bool sync_memory::is_newest(const imei& cabinet, std::int64_t sequence) const {
  const auto newest = sequences.find(cabinet);
  return newest == sequences.end() || sequence > newest->second;
}

// -- heard once
// ------------------------------------------------------------------------------------------

sync_clerk_state::promise_type sync_clerk_state::take(const cabinet_sync& said) {
  auto promise = self->make_response_promise<sync_answer>();
  const auto now = world->now();
  const auto novelty = memory.hear(said.signature, now);
  if (under_way.count(said.id) > 0) {
    promise.deliver(refuse(sync_refusal::request_in_progress));
  } else if (novelty == sync_memory::novelty::no_room || under_way.size() >= limits::syncs_under_way_max) {
    promise.deliver(refuse(sync_refusal::too_many_syncs));
  } else {
    under_way.insert(said.id);
    answered_before(std::make_shared<job>(job{said, promise, std::min(said.said_at, now), {}}),
                    novelty == sync_memory::novelty::heard_before);
  }
  return promise;
}

void sync_clerk_state::answered_before(const job_ptr& one, bool is_repeated) {
  auto looked = [=, this](const stored_answer_lookup& found) {
    if (!found.answer) {
      return is_repeated ? refuse_with(one, refuse(sync_refusal::invalid_signature)) : find_station(one);
    }
    if (found.answer->body_hash != one->said.body_hash)
      return refuse_with(one, refuse(sync_refusal::idempotency_key_reused));
    under_way.erase(one->said.id);
    one->promise.deliver(sync_answer{found.answer->data, true});
  };
  self->request(world->reader, caf::infinite, find_stored_answer{one->said.id}).then(looked, giving_up(one));
}

void sync_clerk_state::find_station(const job_ptr& one) {
  auto unknown = [=, this](const caf::error& why) {
    if (reason_of<station_refusal>(why) != station_refusal::station_not_found) return refuse_with(one, why);
    self->send(world->registry, stranger_heard{one->said.cabinet, world->now()});
    refuse_with(one, refuse(sync_refusal::station_not_found));
  };
  auto seen = [=, this](const station_view& place) {
    one->place = place;
    std::visit([&](const auto& what) { work(one, what); }, one->said.what);
  };
  self->request(world->kiosks, caf::infinite, look_at_kiosk{one->said.cabinet})
      .then(
          [=, this](const kiosk_view& kiosk) {
            self->request(world->stations, caf::infinite, look_at_station{kiosk.station}).then(seen, unknown);
          },
          unknown);
}

// -- status and picture
// ------------------------------------------------------------------------------------------

void sync_clerk_state::work(const job_ptr& one, const synced_status& what) {
  // Bridges say again for a day what they could not say: a cabinet does not come back by yesterday's word.
  if (world->now() < one->at + word_fresh_for)
    self->send(world->kiosks, broker_session{one->said.cabinet, what.is_online, one->at});
  const auto& facts = one->place.facts;
  finish(one,
         boost::json::object{{"station_id", facts.id.text()},
                             {"station_serial", facts.serial.value},
                             {"status", what.is_online ? "ONLINE" : "OFFLINE"}},
         "sync-status");
}

void sync_clerk_state::work(const job_ptr& one, const synced_picture& what) {
  const auto& cabinet = one->said.cabinet;
  if (!what.sequence || memory.sequences.count(cabinet) > 0) return judge(one, what);
  auto recalled = [=, this](const stored_answer_lookup& found) {
    std::int64_t newest = std::numeric_limits<std::int64_t>::min();
    if (found.answer) {
      const auto& text = found.answer->data;
      std::from_chars(text.data(), text.data() + text.size(), newest);
    }
    memory.sequences.emplace(one->said.cabinet, newest);
    judge(one, std::get<synced_picture>(one->said.what));
  };
  self->request(world->reader, caf::infinite, find_stored_answer{sequence_key(cabinet)})
      .then(recalled, giving_up(one));
}

void sync_clerk_state::judge(const job_ptr& one, const synced_picture& what) {
  const bool is_old = one->at + word_fresh_for < world->now() ||
                      (what.sequence && !memory.is_newest(one->said.cabinet, *what.sequence));
  if (!is_old) return count_returns(one, what);
  finish(one,
         boost::json::object{{"station_id", one->place.facts.id.text()},
                             {"station_serial", one->place.facts.serial.value},
                             {"slots_updated", 0},
                             {"powerbanks_updated", 0},
                             {"offline_returns_processed", 0},
                             {"is_superseded", true},
                             {"timestamp", to_rfc3339(world->now())}},
         "sync-superseded");
}

/// Banks that are out with somebody and that the picture shows: their rentals end with it.
void sync_clerk_state::count_returns(const job_ptr& one, const synced_picture& what) {
  struct tally {
    std::size_t asked = 1;
    int banks = 0;
    int returns = 0;
  };
  auto counted = std::make_shared<tally>();
  auto settle = [=, this] {
    if (--counted->asked > 0) return;
    const auto& picture = std::get<synced_picture>(one->said.what);
    const auto& cabinet = one->said.cabinet;
    const bool is_overtaken = picture.sequence && !memory.is_newest(cabinet, *picture.sequence);
    if (picture.sequence && !is_overtaken) memory.sequences.insert_or_assign(cabinet, *picture.sequence);
    // Whatever it shows is stored by its kiosk, and kept until it can be.
    if (!is_overtaken)
      self->send(world->kiosks,
                 cabinet_frame{cabinet, cabinet_channel::update, encode(picture.shown), one->at});
    finish(one,
           boost::json::object{{"station_id", one->place.facts.id.text()},
                               {"station_serial", one->place.facts.serial.value},
                               {"slots_updated", slot_count(picture.shown)},
                               {"powerbanks_updated", counted->banks},
                               {"offline_returns_processed", counted->returns},
                               {"timestamp", to_rfc3339(world->now())}},
           picture_kind);
  };
  const auto is_known_here = [&](bank_sn bank) {
    return std::any_of(one->place.slots.begin(), one->place.slots.end(),
                       [&](const slot_view& slot) { return slot.has_bank && slot.bank == bank; });
  };
  for (const auto& slot : slots_of(what.shown, one->place.facts.port_one_offset)) {
    if (!is_readable(slot.bank)) continue;
    ++counted->banks;
    if (is_known_here(slot.bank)) continue;
    ++counted->asked;
    self->request(world->reader, caf::infinite, load_bank{slot.bank})
        .then(
            [=](const bank_lookup& found) {
              if (found.bank && found.bank->status == bank_status::rented) ++counted->returns;
              settle();
            },
            [=](const caf::error&) { settle(); });
  }
  settle();
}

// -- a return
// ------------------------------------------------------------------------------------------

void sync_clerk_state::work(const job_ptr& one, const synced_return& what) {
  if (!is_place(what.slot)) return refuse_with(one, refuse(sync_refusal::slot_not_found));
  auto found = [=, this](const bank_lookup& known) {
    if (!known.bank) return refuse_with(one, refuse(sync_refusal::powerbank_not_found));
    find_rental(one, what, *known.bank);
  };
  self->request(world->reader, caf::infinite, load_bank{what.bank}).then(found, giving_up(one));
}

/// The rental that is out with it, or the last one that was.
void sync_clerk_state::find_rental(const job_ptr& one, const synced_return& what, const bank_image& bank) {
  auto found = [=, this](const bank_rentals& past) {
    if (past.rentals.empty()) return put_in(one, what, {});
    const auto& rental = past.rentals.front();
    const auto now = world->now();
    const auto happened_at = what.returned_at.value_or(one->said.said_at);
    // It ended a rental before this one (3.9-1); where the bank was then is nobody's news.
    if (rental.started_at && happened_at + bridge_clock_off < *rental.started_at) return show_rental(one, {});
    const bool is_believed = what.returned_at && rental.started_at &&
                             *what.returned_at >= *rental.started_at && *what.returned_at <= now;
    one->at = is_believed ? *what.returned_at : now;
    put_in(one, what, rental.id);
  };
  one->at = world->now();
  self->request(world->reader, caf::infinite, list_bank_rentals{bank.id, "", 0, 1})
      .then(found, giving_up(one));
}

void sync_clerk_state::put_in(const job_ptr& one, const synced_return& what, const rental_id& rental) {
  const auto& facts = one->place.facts;
  bank_seen seen;
  seen.bank = what.bank;
  seen.station = facts.id;
  seen.station_serial = facts.serial;
  seen.station_name = facts.name;
  seen.cabinet = facts.cabinet;
  seen.slot = what.slot;
  seen.battery = what.battery;
  seen.kind = sighting_kind::return_report;
  seen.received_at = one->at;
  seen.returned_at = one->at;
  seen.report = report_of(what, facts.cabinet, world->ids.make<report_id>(), one->at);
  self->request(world->stations, caf::infinite, prepare_slot{facts.id, what.slot, what.bank, one->at})
      .then([=, this] { tell_rental(one, seen, rental); }, giving_up(one));
}

void sync_clerk_state::tell_rental(const job_ptr& one, const bank_seen& seen, const rental_id& rental) {
  auto adopted = [=, this](const bank_adopted& taken_in) {
    if (taken_in.lost_by.is_nil()) return show_rental(one, rental);
    self->request(world->rentals, caf::infinite, lost_bank_found{taken_in.lost_by, seen})
        .then([=, this](const bank_seen_answer&) { show_rental(one, taken_in.lost_by); }, giving_up(one));
  };
  auto answered = [=, this](const bank_seen_answer& told) {
    const bool is_stock =
        told.answer == sighting_answer::not_rented || told.answer == sighting_answer::already_closed;
    if (!is_stock) return show_rental(one, rental);
    const auto& what = std::get<synced_return>(one->said.what);
    self->request(world->stations, caf::infinite, adopt_bank{one->place.facts.id, slot_of(what), one->at})
        .then(adopted, giving_up(one));
  };
  self->request(world->rentals, caf::infinite, seen).then(answered, giving_up(one));
}

void sync_clerk_state::show_rental(const job_ptr& one, const rental_id& rental) {
  auto shown = [=, this](const rental_lookup& found) {
    boost::json::object data{{"rental_id", nullptr},      {"rental_code", nullptr},
                             {"rental_status", nullptr},  {"returned_on_time", nullptr},
                             {"payment_status", nullptr}, {"amount_paid", nullptr},
                             {"overdue_amount", nullptr}};
    if (found.rental) {
      const auto& is = *found.rental;
      data = {{"rental_id", is.id.text()},
              {"rental_code", is.code},
              {"rental_status", to_string(is.status)},
              {"returned_on_time", is.on_time},
              {"payment_status", payment_status_of(is)},
              {"amount_paid", to_text(bill_of(is).paid)},
              {"overdue_amount", to_text(is.due)}};
    }
    finish(one, data, "sync-returned");
  };
  if (rental.is_nil()) return shown({});
  self->request(world->reader, caf::infinite, load_rental{rental, {}}).then(shown, giving_up(one));
}

// -- the end
// ------------------------------------------------------------------------------------------

void sync_clerk_state::finish(const job_ptr& one, const boost::json::object& data, const std::string& kind) {
  const auto now = world->now();
  const auto text = boost::json::serialize(data);
  record entry{world->ids.make<record_id>(), now, {}};
  entry.add(stored_answer{one->said.id, {}, sync_route, one->said.body_hash, 200, text, now});
  entry.add(cabinet_log_entry{one->said.cabinet, one->said.said_at, now, kind, text});
  const auto newest = memory.sequences.find(one->said.cabinet);
  if (kind == picture_kind && newest != memory.sequences.end()) {
    entry.add(stored_answer{
        sequence_key(one->said.cabinet), {}, sync_route, 0, 200, std::to_string(newest->second), now});
  }
  self->request(world->journal, caf::infinite, std::move(entry))
      .then(
          [=, this](const stored&) {
            under_way.erase(one->said.id);
            one->promise.deliver(sync_answer{text, false});
          },
          giving_up(one));
}

void sync_clerk_state::refuse_with(const job_ptr& one, const caf::error& why) {
  under_way.erase(one->said.id);
  one->promise.deliver(why);
}

std::function<void(const caf::error&)> sync_clerk_state::giving_up(const job_ptr& one) {
  return [=, this](const caf::error& why) { refuse_with(one, why); };
}

sync_clerk_newcomer::behavior_type sync_clerk(sync_clerk_newcomer::stateful_pointer<sync_clerk_state> self) {
  auto& state = self->state;
  state.self = self;
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {[&state](const cabinet_sync& said) { return state.take(said); },
          [&state](const meet_network& meeting) {
            state.world = std::make_shared<const network>(meeting.everybody);
          }};
}

}  // namespace chautari
