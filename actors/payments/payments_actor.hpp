#pragma once
/// PAYMENTS: who means to pay what from outside, until it is paid, given up or forgotten. What is still to
/// happen by itself is in memory; the rest is read when somebody asks for it. One actor: an intent and its
/// confirmation are decided one after the other, each on stored facts.

#include <functional>
#include <memory>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "actors/payments/intent_rules.hpp"
#include "protocols/payments/recovery.hpp"

namespace chautari {

struct payments_state {
  payments_desk_actor::pointer self = nullptr;
  std::shared_ptr<const network> world;

  caf::typed_response_promise<intent_answer> open(const open_topup& wish);
  caf::typed_response_promise<order_opened> open(const open_order& wish);
  caf::typed_response_promise<intent_answer> give_up(const cancel_intent& wish);
  // payments_confirm.cpp
  caf::typed_response_promise<intent_answer> confirm(const confirm_payment& wish);
  caf::typed_response_promise<intent_answer> decide(const decide_review& wish);
  void adopt(const adopt_intents& stored_ones);
  void wake(const timer_fired& timer);

private:
  using answer_promise = caf::typed_response_promise<intent_answer>;
  using when_found = std::function<void(const payment_intent&)>;
  using when_stored = std::function<void()>;
  using when_failed = std::function<void(caf::error)>;

  /// The intent as it is stored, or `intent_not_found`; of another rider's too, unless `rider` is nil.
  void with_intent(intent_id id, user_id rider, when_found found, when_failed failed);
  [[nodiscard]] std::optional<caf::error> refuse_another(user_id rider) const;
  void begin_topup(const open_topup& wish, const payment_gateway& gateway, answer_promise promise);
  void store_payment(const payment_intent& intent, const confirm_payment& wish, answer_promise promise,
                     const when_failed& fail);
  /// Stores the record, whose last part is `next`, and only then takes it up.
  void store(record entry, const payment_intent& next, when_stored done, when_failed failed);
  /// The same by the rider's account, which gets what was paid in that record.
  void credit(record entry, const payment_intent& next, bool is_from_suspense, when_stored done,
              when_failed failed);
  void take(const payment_intent& next);
  /// What is stored is not what we thought: read it again.
  void read_again(intent_id id, const caf::error& why);
  [[nodiscard]] record fresh_record() const;

  // -- what happens by itself
  void set_clock();
  void retry_later();
  void expire_due();
  // payments_orders.cpp
  void go_on(intent_id id);
  void look_for_outcome(intent_id id);
  void tell_rental(const payment_intent& intent);
  void end_order(intent_id id, const order_outcome& outcome);
  void order_failed(intent_id id, const caf::error& why);

  std::unordered_map<intent_id, payment_intent> live_;
  std::set<std::pair<timestamp, intent_id>> unpaid_;  ///< By the time at which they expire.
  std::unordered_map<user_id, std::size_t> unpaid_of_;
  std::unordered_set<intent_id> going_on_;  ///< A rental, or the database, is being asked.
  std::uint64_t clock_ = 0;                 ///< Of the newest timer; an older one says nothing.
  std::optional<timestamp> clock_at_;
  std::optional<timestamp> retry_at_;
};

payments_desk_actor::behavior_type payments(payments_desk_actor::stateful_pointer<payments_state> self);

}  // namespace chautari
