/// Operators' ejections: the same care as for riders, another one to tell. And what is left of operators'
/// commands after a restart.
#include <algorithm>
#include <boost/json/serialize.hpp>

#include "actors/kiosks/command_results.hpp"
#include "actors/kiosks/kiosk_actor.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

constexpr std::int32_t not_in_this_cabinet = 0xFC;
constexpr seconds check_after_opening{6};

/// The database is away; anything else will not be better tomorrow.
bool is_passing(const caf::error& why) {
  const auto journal = reason_of<journal_refusal>(why);
  return (journal && *journal != journal_refusal::conflict) ||
         reason_of<reader_refusal>(why) == reader_refusal::unavailable ||
         reason_of<reader_refusal>(why) == reader_refusal::overloaded;
}

}  // namespace

void kiosk_state::take(const slot_ejection_reply& reply, cabinet_report report) {
  const auto slot = slot_number(reply.board, reply.slot, port_one_offset);
  const auto meaning = classify_ejection(reply.state);
  if (auto* one = match_slot(slot)) {
    one->command.replied_at = report.received_at;
    one->command.reply_code = reply.state;
    const auto at = report.received_at;
    feed(*one, ejection_reply{meaning, reply.state, one->command.bank}, at, std::move(report));
  } else {
    heard_by_commands(slot_replied{slot, meaning}, result_of(reply), reply.state);
    store_quietly(std::move(report));
    if (meaning == ejection_class::ejected) check_after(check_after_opening);
  }
  start_next();
}

tracked_ejection* kiosk_state::match_slot(std::int32_t slot) {
  if (!business) return nullptr;
  tracked_ejection* best = nullptr;
  for (auto& one : business->tracked) {
    if (one.command.kind != command_kind::unlock_slot || one.command.slot != slot || one.facts.publishes == 0)
      continue;
    if (best == nullptr || one.facts.phase != ejection_phase::decided) best = &one;
  }
  return best;
}

void kiosk_state::tell_station(tracked_ejection& one) {
  auto& outcome = *one.untold;
  if (outcome.report) {
    store_quietly(std::move(*outcome.report));
    outcome.report.reset();
  }
  if (outcome.result == ejection_result::uncertain) {
    one.untold.reset();  // Still SENT: the next snapshot decides.
    return;
  }
  const auto id = one.command.id;
  if (outcome.result != ejection_result::confirmed) {
    release_held(one.command, outcome.result);
    return end_ejection(id);
  }
  one.is_telling = true;
  auto failed = [this, id](const caf::error& why) {
    auto* untold = find_tracked(id);
    if (untold == nullptr) return;
    untold->is_telling = false;
    if (!is_passing(why)) {
      note("command-outcome-refused", boost::json::serialize(about_command(untold->command, station_serial)),
           log_level::error);
      return end_ejection(id);
    }
    untold->tell_again_at = world->now() + kiosk_back_off(untold->tries++);
    arm();
  };
  self->request(
          world->station_office, caf::infinite,
          bank_taken_out{station, outcome.bank, one.command.bank, id, one.command.reason, one.by, outcome.at})
      .then([this, id] { end_ejection(id); }, failed);
}

void kiosk_state::end_ejection(const command_id& id) {
  auto* one = find_tracked(id);
  if (one == nullptr || !one->untold) return;
  one->is_telling = false;
  one->command.state = one->untold->command.state;
  one->command.result = result_of(*one->untold);
  one->untold.reset();
  store_end(one->command);
  arm();
}

void kiosk_state::release_held(const command_image& command, ejection_result result) {
  const bool is_in_doubt = result == ejection_result::dark || command.reply_code == not_in_this_cabinet;
  self->send(world->station_office,
             bank_stayed{station, command.bank, command.id, result == ejection_result::refuted, is_in_doubt});
}

/// Found open after a restart: QUEUED never left us; SENT is followed to its end and never sent again.
void kiosk_state::recover_command(const command_image& command) {
  const bool has_bank = moves_a_bank(command.kind) && is_readable(command.bank);
  if (command.state == command_state::queued) {
    auto expired = command;
    expired.state = command_state::expired;
    if (has_bank) release_held(command, ejection_result::not_moved);
    return store_end(expired);
  }
  // Never in the future: the clock may have been set back since.
  const auto sent_at = std::min(command.sent_at.value_or(command.created_at), world->now());
  if (has_bank) {
    tracked_ejection one;
    one.command = command;
    one.facts = ejection_recovered(command.bank, sent_at, command.attempt, world->now());
    one.by.who = issued_by(command);
    busy().tracked.push_back(std::move(one));
    return;
  }
  sent_command one{command, exchange_sent(command.kind, command.slot, sent_at)};
  one.is_leaving = false;
  one.facts.is_recovered = true;
  busy().sent.push_back(std::move(one));
}

}  // namespace chautari
