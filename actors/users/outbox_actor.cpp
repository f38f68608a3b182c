#include "actors/users/outbox_actor.hpp"

#include <algorithm>

#include "protocols/users/identifier.hpp"

namespace chautari {

// -- the daily budget

void outbox_state::begin_day() {
  const auto today = business_day(setup.now());
  if (today == day) return;
  day = today;
  sms_today = 0;
}

void outbox_state::count_sms() {
  begin_day();
  if (++sms_today == setup.sms_per_day * 4 / 5)
    log_event(setup.log, log_level::warning, "sms-budget-low", "Four fifths of today's SMS are used up.",
              {{"sent", std::to_string(sms_today)}});
}

delivery_state outbox_state::judge(const ask_delivery& question) {
  begin_day();
  const bool is_affordable = question.channel != "sms" || sms_today < setup.sms_per_day;
  return {is_up && is_affordable && waiting.size() < setup.messages_max};
}

// -- carrying

void outbox_state::accept(const outgoing_message& message) {
  if (waiting.size() >= setup.messages_max)
    return give_up(message, "message-dropped", "too many messages wait");
  if (message.channel == "sms") count_sms();
  waiting.push_back(message);
  carry_on();
}

void outbox_state::carry_on() {
  while (!waiting.empty() && !idle.empty() && !is_armed) {
    const auto message = std::move(waiting.front());
    waiting.pop_front();
    if (message.expires_at <= setup.now()) {
      give_up(message, "message-expired", "its time passed before a provider took it");
      continue;
    }
    carry(message);
    if (!is_up) return;  // One at a time until the provider has taken one.
  }
}

void outbox_state::carry(const outgoing_message& message) {
  const auto postman = idle.back();
  idle.pop_back();
  self->request(postman, caf::infinite, message)
      .then(
          [this, postman, message](const delivery_report& report) {
            idle.push_back(postman);
            if (report.outcome == delivery_outcome::try_again) return put_back(message, report.why);
            if (report.outcome == delivery_outcome::refused) give_up(message, "message-refused", report.why);
            delivered();
          },
          [this, message](const caf::error&) { put_back(message, "the postman is gone"); });
}

void outbox_state::delivered() {
  if (!is_up)
    log_event(setup.log, log_level::info, "provider-up", "The message provider takes messages again.");
  is_up = true;
  retry_in = limits::message_retry_first;
  carry_on();
}

void outbox_state::put_back(const outgoing_message& message, const std::string& why) {
  waiting.push_front(message);
  if (is_up)
    log_event(setup.log, log_level::error, "provider-down", "The message provider is out of order.",
              {{"channel", message.channel}, {"why", why}});
  is_up = false;
  if (is_armed) return;
  is_armed = true;
  self->send(setup.timers, arm_timer{caf::actor_cast<timed_actor>(self->address()), 0, ++timer_revision,
                                     setup.now() + retry_in});
  retry_in = std::min(2 * retry_in, limits::message_retry_last);
}

void outbox_state::wake(const timer_fired& timer) {
  if (timer.revision != timer_revision) return;
  is_armed = false;
  carry_on();
  // With nothing left to try, the next code asked for is the probe.
  if (waiting.empty() && idle.size() == setup.postmen.size()) is_up = true;
}

void outbox_state::give_up(const outgoing_message& message, const char* id, const std::string& why) const {
  log_event(setup.log, log_level::warning, id, "A message did not reach its person.",
            {{"channel", message.channel},
             {"template", message.template_id},
             {"recipient", masked_identifier(message.recipient)},
             {"why", why}});
}

outbox_actor::behavior_type outbox(outbox_actor::stateful_pointer<outbox_state> self, outbox_setup setup) {
  auto& my = self->state;
  my.self = self;
  my.setup = std::move(setup);
  my.idle = my.setup.postmen;
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {
      [&my](const ask_delivery& question) { return my.judge(question); },
      [&my](const outgoing_message& message) { my.accept(message); },
      [&my](const timer_fired& timer) { my.wake(timer); },
  };
}

}  // namespace chautari
