#include "actors/kiosks/ejection_rules.hpp"

#include <algorithm>

namespace chautari {
namespace {

constexpr std::uint8_t not_in_this_cabinet = 0xFC;

void enter(ejection& facts, ejection_phase phase, timestamp now) {
  facts.phase = phase;
  facts.phase_at = now;
  facts.checks_sent = 0;
}

void conclude(ejection_step& step, ejection_result result, std::string_view rule, timestamp now,
              bank_sn bank = {}, timestamp since = {}) {
  step.decision = ejection_decision{result, bank, since, rule};
  if (result == ejection_result::uncertain) return enter(step.facts, ejection_phase::uncertain, now);
  enter(step.facts, ejection_phase::decided, now);
  step.facts.result = result;
  step.facts.left = bank;
}

bool is_open(const ejection& facts) { return facts.phase != ejection_phase::decided; }

/// Step 9 and its relatives: what a success means when the case is closed.
ejection_step judge_after_decision(ejection_step step, const ejection_reply& reply) {
  step.log = "ejection-reply-late";
  if (reply.meaning != ejection_class::ejected || !is_readable(reply.bank)) return step;
  const bool was_confirmed = step.facts.result == ejection_result::confirmed;
  if (was_confirmed && reply.bank == step.facts.left) {
    step.log = "ejection-reply-repeated";
    return step;
  }
  step.escaped = reply.bank;
  step.log = "ejection-success-after-refusal";
  step.check = true;
  // Said once: a repeat of this reply is no second bank.
  step.facts.result = ejection_result::confirmed;
  step.facts.left = reply.bank;
  return step;
}

ejection_step judge_success(ejection_step step, const ejection_reply& reply, timestamp now) {
  if (!is_readable(reply.bank)) {  // Something came out, it does not say what: let a snapshot tell.
    if (step.facts.phase == ejection_phase::waiting_for_reply)
      enter(step.facts, ejection_phase::verifying, now);
    step.log = "ejection-reply-unreadable";
    return step;
  }
  const bool is_planned = reply.bank == step.facts.bank;
  step.log = is_planned ? "ejection-confirmed" : "ejection-adopted-another-bank";
  conclude(step, ejection_result::confirmed, is_planned ? "4.8-4" : "4.8-5", now, reply.bank, now);
  return step;
}

ejection_step judge_reply(ejection_step step, const ejection_reply& reply, timestamp now) {
  ejection& facts = step.facts;
  if (!is_open(facts)) return judge_after_decision(std::move(step), reply);
  if (now > facts.sent_at + ejection_late_until) {  // Too old to be matched: only a snapshot decides now.
    step.log = "ejection-reply-too-late";
    step.check = true;
    return step;
  }
  const bool is_first = !facts.had_reply;
  facts.had_reply = true;
  if (reply.meaning == ejection_class::ejected) return judge_success(std::move(step), reply, now);

  const bool is_awaited = facts.phase == ejection_phase::waiting_for_reply;
  if (is_awaited && reply.meaning == ejection_class::busy && facts.publishes == 1 &&
      facts.publishes_left > 0) {
    enter(facts, ejection_phase::waiting_to_retry, now);
    step.log = "ejection-busy";
    return step;
  }
  // A first reply that proves that nothing moved is good at any time. FC after the wait is not: the cabinet
  // says it of a bank that has left, too.
  const bool is_credible = is_awaited || (is_first && reply.code != not_in_this_cabinet);
  if (proves_nothing_moved(reply.meaning) && is_credible) {
    step.log = "ejection-not-moved";
    step.check = reply.code == not_in_this_cabinet;  // Then our book is wrong: look at once.
    conclude(step, ejection_result::not_moved, "4.8-6", now);
    return step;
  }
  if (is_awaited) enter(facts, ejection_phase::verifying, now);
  step.log = is_awaited ? "ejection-doubtful" : "ejection-reply-late";
  return step;
}

ejection_step judge_evidence(ejection_step step, const ejection_evidence& evidence, timestamp now) {
  using sight = ejection_evidence::sight;
  ejection& facts = step.facts;
  const bool is_verifying =
      facts.phase == ejection_phase::verifying || facts.phase == ejection_phase::uncertain;
  // Before verification the cabinet's own word is awaited; an early snapshot may still show the bank.
  if (!is_verifying || now < facts.sent_at + ejection_settling) return step;
  if (evidence.bank == sight::absent) {
    step.log = "ejection-confirmed-by-snapshot";
    const bool was_uncertain = facts.phase == ejection_phase::uncertain;
    conclude(step, ejection_result::confirmed, was_uncertain ? "4.8-8" : "4.8-7", now, facts.bank,
             facts.sent_at + ejection_started_after);
    return step;
  }
  if (evidence.bank != sight::present) return step;
  if (facts.phase == ejection_phase::uncertain) {
    step.log = "ejection-refuted-by-snapshot";
    conclude(step, ejection_result::refuted, "4.8-8", now);
    return step;
  }
  if (now < facts.sent_at + ejection_presence_from) return step;
  if (!facts.present_at) {
    facts.present_at = now;
  } else if (now >= *facts.present_at + ejection_presence_apart) {
    step.log = "ejection-refuted-by-snapshot";
    conclude(step, ejection_result::refuted, "4.8-7", now);
  }
  return step;
}

ejection_step judge_time(ejection_step step, timestamp now) {
  ejection& facts = step.facts;
  if (facts.phase == ejection_phase::waiting_for_reply && now >= facts.sent_at + ejection_reply_wait) {
    enter(facts, ejection_phase::verifying, now);
    step.log = "ejection-reply-missing";
  }
  if (facts.phase == ejection_phase::waiting_to_retry && now >= facts.phase_at + ejection_retry_pause) {
    step.publish_again = true;
    step.log = "ejection-repeated";
    return step;
  }
  if (facts.phase == ejection_phase::verifying) {
    while (facts.checks_sent < ejection_checks.size() &&
           now >= facts.phase_at + ejection_checks[facts.checks_sent]) {
      ++facts.checks_sent;
      step.check = true;
    }
    if (now >= facts.hard_end) {
      step.log = "ejection-uncertain";
      conclude(step, ejection_result::uncertain, "4.8-8", now);
    }
  }
  if (facts.phase == ejection_phase::uncertain) {
    const auto due = static_cast<std::uint16_t>(
        std::clamp<std::int64_t>((now - facts.phase_at) / ejection_recheck_every, 0, 0xFFFF));
    step.check = due > facts.checks_sent;
    const bool was_told = facts.checks_sent >= ejection_rechecks_before_alarm;
    if (step.check && !was_told && due >= ejection_rechecks_before_alarm) step.log = ejection_alarm;
    facts.checks_sent = std::max(facts.checks_sent, due);
  }
  if (facts.phase == ejection_phase::uncertain &&
      now >= std::max(facts.sent_at + ejection_dark_after, facts.hard_end) && now > facts.phase_at) {
    step.log = "ejection-dark";
    conclude(step, ejection_result::dark, "4.8-8", now);
  }
  return step;
}

}  // namespace

ejection ejection_sent(bank_sn bank, std::int32_t publishes_left, timestamp now) {
  ejection facts;
  facts.bank = bank;
  facts.sent_at = now;
  facts.phase_at = now;
  facts.hard_end = now + ejection_late_until;
  facts.publishes_left = publishes_left;
  return facts;
}

ejection ejection_recovered(bank_sn bank, timestamp sent_at, std::int32_t attempt, timestamp now) {
  // Not in the future: the clock may have been set back since, and nobody waits for the difference.
  ejection facts = ejection_sent(bank, 0, std::min(sent_at, now));
  facts.publishes = std::max(1, attempt);
  enter(facts, ejection_phase::verifying, now);
  facts.hard_end = now + ejection_late_until;
  return facts;
}

ejection published_again(ejection facts, timestamp now) {
  facts.sent_at = now;
  facts.hard_end = now + ejection_late_until;
  facts.had_reply = false;
  ++facts.publishes;
  --facts.publishes_left;
  enter(facts, ejection_phase::waiting_for_reply, now);
  return facts;
}

ejection_step decide(const ejection& facts, const ejection_event& event, timestamp now) {
  ejection_step step;
  step.facts = facts;
  if (const auto* reply = std::get_if<ejection_reply>(&event))
    return judge_reply(std::move(step), *reply, now);
  if (const auto* seen = std::get_if<ejection_evidence>(&event))
    return judge_evidence(std::move(step), *seen, now);
  return judge_time(std::move(step), now);
}

std::optional<timestamp> next_wake(const ejection& facts) {
  switch (facts.phase) {
    case ejection_phase::waiting_for_reply:
      return facts.sent_at + ejection_reply_wait;
    case ejection_phase::waiting_to_retry:
      return facts.phase_at + ejection_retry_pause;
    case ejection_phase::verifying:
      if (facts.checks_sent >= ejection_checks.size()) return facts.hard_end;
      return std::min(facts.hard_end, facts.phase_at + ejection_checks[facts.checks_sent]);
    case ejection_phase::uncertain:
      return std::min(std::max(std::max(facts.sent_at + ejection_dark_after, facts.hard_end),
                               facts.phase_at + seconds{1}),
                      facts.phase_at + ejection_recheck_every * (facts.checks_sent + 1));
    case ejection_phase::decided:
      return std::max(facts.sent_at + ejection_late_until, facts.phase_at);
  }
  return {};
}

bool may_be_forgotten(const ejection& facts, timestamp now) {
  return facts.phase == ejection_phase::decided && now > facts.sent_at + ejection_late_until;
}

bool blocks_the_cabinet(const ejection& facts) {
  return facts.phase != ejection_phase::decided && facts.phase != ejection_phase::uncertain;
}

}  // namespace chautari
