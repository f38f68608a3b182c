/// Operators' commands from the broker's door to their end: replies, what happens to the line, time.
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <utility>

#include "actors/kiosks/command_results.hpp"
#include "actors/kiosks/kiosk_actor.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/operations/feed.hpp"

namespace chautari {

void kiosk_state::publish_sent(const command_id& id, const std::optional<cabinet_command>& order) {
  auto failed = [this, id](caf::error& why) {
    auto* one = find_sent(id);
    if (one == nullptr) return;
    const auto reason = reason_of<broker_refusal>(why);
    one->is_leaving = false;
    one->facts.phase = exchange_phase::over;
    one->command.state = command_state::failed;
    one->command.result = result_of_error(reason ? to_string(*reason) : "invalid_command");
    end_command(*one);
    start_next();
    arm();
  };
  if (!order) {  // Judged before it was stored.
    auto why = refuse(command_refusal::invalid_command);
    return failed(why);
  }
  auto gone = [this, id](const published&) {
    if (auto* one = find_sent(id)) {
      one->is_leaving = false;
      if (!one->waits_for_end) answer_askers(*one);
    }
    commands_on_clock(world->now());
    arm();
  };
  self->request(world->broker, caf::infinite,
                publish_command{cabinet, order->payload, quality_of_service(order->kind)})
      .then(gone, failed);
}

/// The cabinet never came back from the network it was sent to: should it still hear us, it uses its SIM card
/// again.
void kiosk_state::fall_back(const command_image& failed) {
  operator_command wish;
  wish.id = world->ids.make<command_id>();
  wish.kind = command_kind::mode;
  wish.mode = network_mode::mobile;
  wish.reason = "No new connection after " + failed.id.text();
  business->wishes.push_back({wish, true, {}});
  issue(wish.id, image_of(wish, command_state::sent));
}

void kiosk_state::heard_by_commands(const exchange_event& event, const std::string& result,
                                    std::int32_t code) {
  if (!business) return;
  const auto now = world->now();
  for (std::size_t i = 0; i < business->sent.size(); ++i) {
    auto& one = business->sent[i];
    if (one.is_leaving) continue;
    const auto step = decide(one.facts, event, now);
    one.facts = step.facts;
    if (!step.end) continue;
    one.command.state = *step.end;
    if (step.is_answer) {
      one.command.replied_at = now;
      one.command.reply_code = code;
      one.command.result = result;
    }
    if (step.fall_back) one.command.result = R"({"fell_back_to":"4g"})";
    end_command(one);
    if (step.fall_back) fall_back(business->sent[i].command);
  }
}

void kiosk_state::commands_on_clock(timestamp now) {
  if (!business) return;
  heard_by_commands(exchange_clock{});
  std::erase_if(business->sent, [](const auto& one) {
    return one.facts.phase == exchange_phase::over && !one.is_storing && one.askers.empty();
  });
  std::erase_if(business->issued, [&](timestamp at) { return now >= at + minutes{1}; });
}

void kiosk_state::end_command(sent_command& one) {
  one.is_newer = one.is_storing;  // Never two on their way: the older one could come last.
  if (one.is_storing) return;
  one.is_storing = true;
  store_end(one.command);
}

void kiosk_state::store_end(const command_image& command) {
  const auto now = world->now();
  record entry{world->ids.make<record_id>(), now, {}};
  entry.add(command);
  entry.add(cabinet_log_entry{cabinet, now, now, "command-ended",
                              boost::json::serialize(about_command(command, station_serial))});
  if (business && !business->unsaved.empty() && keep(entry)) return;
  auto failed = [this, entry](const caf::error& why) {
    if (reason_of<journal_refusal>(why) == journal_refusal::conflict) return settled(entry, false);
    if (!keep(entry)) settled(entry, false);
  };
  self->request(world->journal, caf::infinite, entry)
      .then([this, entry](const stored&) { settled(entry, true); }, failed);
}

void kiosk_state::settled(const record& entry, bool is_stored) {
  for (const auto& part : entry.parts) {
    const auto* command = std::get_if<command_image>(&part);
    if (command == nullptr || !command->rental.is_nil()) continue;
    if (is_stored) announce(*command);
    auto* one = find_sent(command->id);
    if (one == nullptr) continue;
    one->is_storing = false;
    if (one->is_newer) {
      end_command(*one);
      continue;
    }
    if (is_stored) answer_askers(*one);
    for (auto& asker : std::exchange(one->askers, {}))
      asker.deliver(refuse(journal_refusal::unavailable));
  }
  commands_on_clock(world->now());
  rest();
  arm();
}

void kiosk_state::announce(const command_image& command) {
  for (const auto& door : world->announce_to)
    self->send(door, command_news{command, station});
  // The feed hears of its beginning and of its end; an ejection begins when it queues up.
  if (command.state == command_state::sent && is_readable(command.bank)) return;
  const bool is_bad = command.state == command_state::failed || command.state == command_state::timeout ||
                      command.state == command_state::refuted || command.state == command_state::expired;
  tell_operators(self, *world, "operator.action", is_bad ? feed_severity::warning : feed_severity::info,
                 station, about_command(command, station_serial));
}

void kiosk_state::answer_askers(sent_command& one) {
  for (auto& asker : std::exchange(one.askers, {}))
    asker.deliver(answer_of(one.command));
}

command_answer kiosk_state::answer_of(const command_image& command, bool is_replay) const {
  return {command, station, station_serial, is_replay};
}

sent_command* kiosk_state::find_sent(const command_id& id) {
  if (!business) return nullptr;
  auto& sent = business->sent;
  const auto found =
      std::find_if(sent.begin(), sent.end(), [&](const auto& one) { return one.command.id == id; });
  return found == sent.end() ? nullptr : &*found;
}

}  // namespace chautari
