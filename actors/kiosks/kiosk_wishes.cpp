/// What operators want of the cabinet: new or said before, judged, granted by the station, stored.
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "actors/kiosks/kiosk_actor.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

constexpr std::int32_t operators_publishes_max = 2;  // The second one after FE only: nothing had moved.

void deliver(std::vector<command_promise> askers, const command_answer& answer) {
  for (auto& asker : askers)
    asker.deliver(answer);
}

caf::error error_of(const command_ban& ban) {
  if (ban.retry_after == seconds{0}) return refuse(ban.why);
  return refuse(ban.why,
                boost::json::serialize(boost::json::object{{"retry_after", ban.retry_after.count()}}));
}

}  // namespace

caf::result<command_answer> kiosk_state::obey(const operator_command& wish) {
  auto promise = self->make_response_promise<command_answer>();
  if (answer_again(wish, promise)) return promise;
  auto& wishes = busy().wishes;
  if (wishes.size() >= limits::station_commands_a_minute_max) {
    promise.deliver(error_of({command_refusal::rate_limit_exceeded, minutes{1}}));
    return promise;
  }
  wishes.push_back({wish, false, {promise}});
  self->request(world->reader, caf::infinite,
                look_for_command{wish.id, cabinet, world->now() - limits::station_reboot_pause})
      .then([this, id = wish.id](const command_precedent& past) { judge(id, past); },
            [this, id = wish.id](caf::error& why) { refuse_wish(id, why); });
  return promise;
}

bool kiosk_state::answer_again(const operator_command& wish, command_promise& promise) {
  if (!business) return false;
  std::vector<command_promise>* askers = nullptr;
  std::optional<command_image> known;
  std::uint64_t body_hash = 0;
  if (auto* one = find_wish(wish.id)) {
    askers = &one->askers;
    body_hash = one->wish.body_hash;
  } else if (auto* sent = find_sent(wish.id)) {
    known = sent->command;
    if ((wish.waits_for_end || sent->is_leaving) && is_open(sent->command.state)) askers = &sent->askers;
  } else if (const auto* tracked = find_tracked(wish.id)) {
    known = tracked->command;
  } else {
    const auto& queue = business->queue;
    const auto queued = std::find_if(queue.begin(), queue.end(),
                                     [&](const auto& next) { return next.wish.command.id == wish.id; });
    if (queued == queue.end()) return false;
    known = queued->wish.command;
  }
  if (known) body_hash = known->body_hash;
  if (body_hash != wish.body_hash) {
    promise.deliver(refuse(command_refusal::idempotency_key_reused));
  } else if (askers != nullptr && askers->size() < limits::command_askers_max) {
    askers->push_back(promise);
  } else if (known) {
    promise.deliver(answer_of(*known, true));
  } else {
    promise.deliver(refuse(command_refusal::command_busy));
  }
  return true;
}

void kiosk_state::judge(const command_id& id, const command_precedent& past) {
  auto* one = find_wish(id);
  if (one == nullptr) return;
  if (past.same) {
    if (past.same->body_hash != one->wish.body_hash)
      return refuse_wish(id, refuse(command_refusal::idempotency_key_reused));
    deliver(std::move(one->askers), answer_of(*past.same, true));
    std::erase_if(business->wishes, [&](const auto& wish) { return wish.wish.id == id; });
    return rest();
  }
  if (const auto ban = ban_of(one->wish, setting(past), world->now())) return refuse_wish(id, error_of(*ban));
  one->is_granted = true;
  business->issued.push_back(world->now());
  grant(operator_command{one->wish});
}

void kiosk_state::grant(const operator_command& wish) {
  if (is_unsupported(wish.kind)) return issue(wish.id, image_of(wish, command_state::unsupported));
  switch (wish.kind) {
    case command_kind::lock_slot:
      return lock_slot(wish);
    case command_kind::unlock_slot:
      return look_into_slot(wish);
    case command_kind::popup_sn:
      return take_out(wish, is_readable(wish.bank) ? std::optional{wish.bank} : std::nullopt);
    default:
      return issue(wish.id, image_of(wish, command_state::sent));
  }
}

void kiosk_state::lock_slot(const operator_command& wish) {
  const set_slot_lock lock{station, wish.slot, wish.kind == command_kind::lock_slot, wish.reason, wish.by};
  self->request(world->station_office, caf::infinite, lock)
      .then([this, wish] { issue(wish.id, image_of(wish, command_state::ok)); },
            [this, id = wish.id](caf::error& why) { refuse_wish(id, why); });
}

void kiosk_state::look_into_slot(const operator_command& wish) {
  self->request(world->station_office, caf::infinite, look_inside{station})
      .then([this, id = wish.id](const station_inside& inside) { open_slot(id, inside); },
            [this, id = wish.id](caf::error& why) { refuse_wish(id, why); });
}

/// A bank that is known to be in there leaves as in any other ejection; nothing, or something that nobody can
/// name, is simply let go of.
void kiosk_state::open_slot(const command_id& id, const station_inside& inside) {
  auto* one = find_wish(id);
  if (one == nullptr) return;
  const auto wish = one->wish;
  const auto slot = std::find_if(inside.slots.begin(), inside.slots.end(),
                                 [&](const auto& place) { return place.number == wish.slot; });
  if (slot == inside.slots.end()) return refuse_wish(id, refuse(command_refusal::slot_not_found));
  const auto seated = std::find_if(inside.banks.begin(), inside.banks.end(),
                                   [&](const auto& bank) { return bank.slot == wish.slot; });
  const auto bank = seated == inside.banks.end() ? bank_sn{} : seated->serial;
  auto go_on = [this, wish, bank] {
    if (is_readable(bank)) return take_out(wish, bank);
    if (is_blocked()) return refuse_wish(wish.id, refuse(command_refusal::ejection_in_flight));
    if (auto* opening = find_wish(wish.id)) opening->opens_slot = true;
    issue(wish.id, image_of(wish, command_state::sent));
  };
  if (!slot->is_disabled) return go_on();
  self->request(world->station_office, caf::infinite,
                set_slot_lock{station, wish.slot, false, wish.reason, wish.by})
      .then(go_on, [this, id](caf::error& why) { refuse_wish(id, why); });
}

void kiosk_state::take_out(const operator_command& wish, std::optional<bank_sn> bank) {
  self->request(world->station_office, caf::infinite,
                take_out_bank{station, bank, wish.id, wish.reason, wish.by})
      .then(
          [this, wish](const bank_reservation& held) {
            auto command = image_of(wish, command_state::queued);
            command.bank = held.bank.serial;
            command.slot = held.bank.slot;
            if (wish.kind == command_kind::unlock_slot && held.bank.slot != wish.slot) {
              release_held(command, ejection_result::not_moved);  // It has moved meanwhile.
              return refuse_wish(wish.id, refuse(command_refusal::command_busy));
            }
            issue(wish.id, command);
          },
          [this, id = wish.id](caf::error& why) { refuse_wish(id, why); });
}

void kiosk_state::issue(const command_id& id, const command_image& command) {
  const auto* one = find_wish(id);
  if (one == nullptr) return;
  const auto now = world->now();
  const bool is_ours = one->wish.by.who.is_nil();  // The server falls back by itself.
  const auto action = "command." + to_string(command.kind);
  auto line = audit_by(one->wish.by, world->ids.make<audit_id>(), now, action, "command", id.text());
  if (is_ours) {
    line.actor = audit_actor::system;
    line.actor_id = "kiosk";
    line.session.clear();
  }
  line.after = boost::json::serialize(about_command(command, station_serial));
  line.reason = command.reason;
  record entry{world->ids.make<record_id>(), now, {}};
  entry.add(command);
  entry.add(line);
  entry.add(cabinet_log_entry{cabinet, now, now, "command-issued", line.after});
  auto failed = [this, command](caf::error& why) {
    if (is_readable(command.bank)) release_held(command, ejection_result::not_moved);
    refuse_wish(command.id, why);
  };
  self->request(world->journal, caf::infinite, std::move(entry))
      .then([this, command](const stored&) { issued(command); }, failed);
}

void kiosk_state::issued(const command_image& command) {
  auto* one = find_wish(command.id);
  if (one == nullptr) return;
  auto given = std::move(*one);
  std::erase_if(business->wishes, [&](const auto& wish) { return wish.wish.id == command.id; });
  announce(command);
  if (command.state == command_state::queued) {
    business->queue.push_back({eject_bank{command, operators_publishes_max}, world->now(), given.wish.by});
    start_next();
  } else if (command.state == command_state::sent) {
    sent_command sent{command, exchange_sent(command.kind, command.slot, world->now())};
    sent.askers.swap(given.askers);
    sent.waits_for_end = given.wish.waits_for_end;
    business->sent.push_back(std::move(sent));
    publish_sent(command.id, order_of(given.wish, world->now(), port_one_offset));
  }
  deliver(std::move(given.askers), answer_of(command));
  rest();
  arm();
}

void kiosk_state::refuse_wish(const command_id& id, const caf::error& why) {
  auto* one = find_wish(id);
  if (one == nullptr) return;
  auto askers = std::move(one->askers);
  std::erase_if(business->wishes, [&](const auto& wish) { return wish.wish.id == id; });
  for (auto& asker : askers)
    asker.deliver(why);
  start_next();  // It may have waited for this one.
  rest();
  arm();
}

command_image kiosk_state::image_of(const operator_command& wish, command_state state) const {
  command_image command;
  command.id = wish.id;
  command.cabinet = cabinet;
  command.kind = wish.kind;
  command.slot = wish.slot;
  command.bank = wish.bank;
  command.state = state;
  command.issued_by = issuer_of(wish.by.who);
  command.created_at = world->now();
  if (state == command_state::sent) command.sent_at = command.created_at;
  command.parameters = parameters_of(wish);
  command.reason = wish.reason;
  command.body_hash = wish.body_hash;
  return command;
}

command_setting kiosk_state::setting(const command_precedent& past) const {
  command_setting now_here;
  now_here.is_online = link.is_online;
  now_here.is_ejecting = is_ejecting() || !business->queue.empty();
  now_here.rebooted_at = past.rebooted_at;
  now_here.port_one_offset = port_one_offset;
  now_here.issued = business->issued;
  for (const auto& one : business->wishes) {
    if (!one.is_granted) continue;
    now_here.under_way.push_back(one.wish.kind);
    now_here.is_ejecting = now_here.is_ejecting || moves_a_bank(one.wish.kind);
  }
  for (const auto& one : business->sent) {
    if (one.facts.phase == exchange_phase::waiting) now_here.under_way.push_back(one.facts.kind);
    if (one.facts.kind == command_kind::reboot && one.command.state != command_state::failed)
      now_here.rebooted_at = std::max(now_here.rebooted_at.value_or(timestamp{}), one.facts.sent_at);
  }
  return now_here;
}

wished_command* kiosk_state::find_wish(const command_id& id) {
  if (!business) return nullptr;
  auto& wishes = business->wishes;
  const auto found =
      std::find_if(wishes.begin(), wishes.end(), [&](const auto& one) { return one.wish.id == id; });
  return found == wishes.end() ? nullptr : &*found;
}

}  // namespace chautari
