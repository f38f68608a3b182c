#include "tests/support/operator_stories.hpp"

#include <algorithm>

#include "protocols/base/refusal.hpp"

namespace chautari::testing {

operator_command wish_for(cabinet_world& world, command_kind kind) {
  const auto ids = world.system.ids();
  operator_command wish;
  wish.id = ids.make<command_id>();
  wish.station = world.station;
  wish.kind = kind;
  wish.reason = "technician on site";
  wish.by.who = ids.make<operator_id>();
  wish.by.ip = "192.0.2.7";
  return wish;
}

std::shared_ptr<asked<command_answer>> ask(cabinet_world& world, const operator_command& wish) {
  auto place = world.system.ask<command_answer>(world.kiosks, wish);
  world.run();
  return place;
}

given_command given(cabinet_world& world, const operator_command& wish) {
  const auto place = ask(world, wish);
  given_command out{place->answer, {}, place->error};
  if (place->answer) out.command = place->answer->command;
  return out;
}

std::optional<command_refusal> refused(cabinet_world& world, const operator_command& wish) {
  const auto answer = given(world, wish);
  if (!answer.error) return {};
  const auto why = reason_of<command_refusal>(*answer.error);
  EXPECT_TRUE(why) << "refused by somebody else";
  return why;
}

const command_image& in_ledger(const cabinet_world& world, const operator_command& wish) {
  return world.db->commands.at(wish.id);
}

std::vector<command_state> told(const cabinet_world& world, const operator_command& wish) {
  std::vector<command_state> states;
  for (const auto& news : world.log->news) {
    if (news.command.id == wish.id) states.push_back(news.command.state);
  }
  return states;
}

std::optional<audit_entry> audit_of(const cabinet_world& world, const command_id& id) {
  const auto& lines = world.db->audit_log;
  const auto found = std::find_if(lines.begin(), lines.end(), [&](const auto& line) {
    return line.entity == "command" && line.entity_id == id.text();
  });
  return found == lines.end() ? std::nullopt : std::optional{*found};
}

std::size_t count_events(const cabinet_world& world, std::string_view kind, feed_severity severity) {
  const auto& events = world.log->events;
  return static_cast<std::size_t>(std::count_if(events.begin(), events.end(), [&](const auto& event) {
    return event.kind == kind && event.severity == severity;
  }));
}

std::string text_of(const record_part& part) {
  if (const auto* command = std::get_if<command_image>(&part))
    return command->parameters + command->reason + command->result + command->issued_by;
  if (const auto* line = std::get_if<audit_entry>(&part))
    return line->before + line->after + line->reason + line->user_agent;
  if (const auto* entry = std::get_if<cabinet_log_entry>(&part)) return entry->kind + entry->data;
  if (const auto* report = std::get_if<cabinet_report>(&part))
    return {report->raw.begin(), report->raw.end()};
  return {};
}

void connect(cabinet_world& world, bool is_connected) {
  world.system.tell(world.kiosks, broker_session{world.cabinet, is_connected, world.system.now()});
  world.run();
}

cabinet_frame frame_of(const cabinet_world& world, const cabinet_message& message) {
  return {world.cabinet, cabinet_channel::update, encode(message), world.system.now()};
}

return_report return_of(int slot, bank_sn bank) {
  return_report report;
  report.board = 1;
  report.slot = static_cast<std::uint8_t>(slot);
  report.sn = bank;
  report.state = 1;
  return report;
}

void kill_kiosk(cabinet_world& world) {
  // Its address is known to whoever it answers.
  world.system.actors().spawn([kiosks = world.kiosks, cabinet = world.cabinet](caf::event_based_actor* self) {
    self->request(kiosks, caf::infinite, look_at_kiosk{cabinet}).then([self](const kiosk_view&) {
      self->send_exit(caf::actor_cast<caf::actor>(self->current_sender()), caf::exit_reason::user_shutdown);
    });
  });
  world.run();
}

}  // namespace chautari::testing
