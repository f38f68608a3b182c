/// The one clock of a rental that is out: what passes is stored, then told, once; whatever was armed before
/// is void.

#include "actors/rentals/rental_actor.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

const char* event_of(rental_deadline what) {
  switch (what) {
    case rental_deadline::due_soon:
      return "rental.due_soon";
    case rental_deadline::due:
      return "rental.overdue";
    case rental_deadline::late_fee_begins:
      return "rental.late_fee_begins";
    case rental_deadline::lost_in_12_hours:
    case rental_deadline::lost_in_1_hour:
      return "rental.lost_warning";
    case rental_deadline::lost:
      break;
  }
  return "rental.lost";
}

}  // namespace

void rental_state::arm(std::uint32_t key, timestamp at) {
  self->send(everybody().timers, arm_timer{timed_actor{self}, key, clock_revision, at});
}

void rental_state::set_clock() {
  ++clock_revision;
  if (const auto at = next_look(facts, setup.prices->terms.reminder_lead)) arm(clock_timer, *at);
}

void rental_state::wake(const timer_fired& timer) {
  if (timer.key == clock_timer) {
    if (timer.revision == clock_revision && !is_leaving) on_clock();
    return;
  }
  if (const auto& claim = facts.life.claim; timer.key == claim_timer && claim) {
    self->send(everybody().kiosks, return_call{claim->cabinet, facts.bank_serial, claim->slot, claim->battery,
                                               claim->claimed_at});
  }
  if (timer.key != answer_timer || !asker.pending()) return;
  tell_place(start_outcome(facts, 201, everybody().now()));
  asker.deliver(start_answer{facts, 0, {}});
}

void rental_state::on_clock() {
  const timestamp now = everybody().now();
  const auto& swap = facts.life.swap;
  if (swap && !swap->returned_at && swap->until <= now) return give_up_swap_wish();
  const auto& claim = facts.life.claim;
  if (claim && claim->claimed_at + limits::return_claim_max <= now) {
    // Its cabinet has been dark for a day: nobody's word stops a clock for ever.
    std::erase_if(heard, [](const auto& one) { return one.kind == evidence_kind::claim; });
    return store_claim(read_evidence(facts, heard), {});
  }
  const auto passed = deadline_passed(facts, setup.prices->terms.reminder_lead, now);
  if (!passed) return set_clock();
  if (*passed == rental_deadline::lost)
    return now < lost_not_before ? arm(clock_timer, lost_not_before) : lose_bank();
  pass(*passed);
}

void rental_state::pass(rental_deadline what) {
  const rental_image next = after_deadline(facts, what);
  const bool is_late_now = next.status != facts.status;
  record entry = is_late_now ? overdue_record(context(), next) : fresh_record(context());
  if (!is_late_now)
    add_state(entry, next,
              {"rental-reminded", "3.11", deadline_at(facts, what, setup.prices->terms.reminder_lead)},
              {{"event", event_of(what)}, {"due_at", to_rfc3339(*facts.due_at)}});
  self->request(everybody().journal, caf::infinite, std::move(entry))
      .await(
          [this, next, what, is_late_now](const stored&) {
            facts = next;
            if (is_late_now) {
              tell_place({});
              announce(event_of(rental_deadline::due));
            }
            if (what != rental_deadline::due) announce(event_of(what));
            set_clock();
          },
          [this](const caf::error&) { arm(clock_timer, everybody().now() + limits::rental_store_retry); });
}

void rental_state::lose_bank() {
  const timestamp at = deadline_at(facts, rental_deadline::lost, setup.prices->terms.reminder_lead);
  end_use(ending_by_loss(facts, at), [this](const caf::error& why) {
    if (why) arm(clock_timer, everybody().now() + limits::rental_store_retry);
  });
}

}  // namespace chautari
