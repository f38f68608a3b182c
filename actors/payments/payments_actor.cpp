#include "actors/payments/payments_actor.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/payments/views.hpp"

namespace chautari {
namespace {

/// As a stored answer keeps a refusal: what the 402 says beside it is the intent.
std::string payment_required_json(const payment_intent& intent, const order_funding& funding,
                                  const open_order& wish, const payment_means& means,
                                  const payment_gateways& gateways) {
  auto told = intent_json(intent, gateways);
  auto options =
      payment_options_json("payment_required", means, wish.order.pay, wish.order.price, funding.options);
  for (const auto* name :
       {"shortfall", "payment_mode", "wallet_shortfall", "points_shortfall", "points_shortfall_amount"})
    told[name] = options[name];
  told["breakdown"] = std::move(options["payment_breakdown"]);
  return boost::json::serialize(told);
}

/// As a stored answer keeps a refusal.
std::string as_stored(const std::string& context) {
  return R"({"code":")" + to_string(rental_refusal::payment_required) + R"(","context":)" + context + '}';
}

}  // namespace

record payments_state::fresh_record() const { return {world->ids.make<record_id>(), world->now(), {}}; }

// -- opening and giving up
// ------------------------------------------------------------------------------------------

std::optional<caf::error> payments_state::refuse_another(user_id rider) const {
  const auto own = unpaid_of_.find(rider);
  const bool has_enough = own != unpaid_of_.end() && own->second >= limits::intents_of_rider_max;
  if (has_enough || unpaid_.size() >= limits::intents_open_max)
    return refuse(payment_refusal::too_many_intents);
  return {};
}

caf::typed_response_promise<intent_answer> payments_state::open(const open_topup& wish) {
  auto promise = self->make_response_promise<intent_answer>();
  const auto* gateway = find_gateway(world->gateways, wish.method);
  if (gateway == nullptr) {
    promise.deliver(refuse(payment_refusal::invalid_payment_method));
    return promise;
  }
  with_intent(
      intent_of(wish.id), wish.rider,
      [=](const payment_intent& known) mutable {
        if (known.body_hash == wish.body_hash) {
          promise.deliver(intent_answer{known, true});
        } else {
          promise.deliver(refuse(payment_refusal::idempotency_key_reused));
        }
      },
      [=, this](caf::error why) mutable {
        if (reason_of<payment_refusal>(why) != payment_refusal::intent_not_found) {
          promise.deliver(std::move(why));
        } else {
          begin_topup(wish, *gateway, promise);
        }
      });
  return promise;
}

void payments_state::begin_topup(const open_topup& wish, const payment_gateway& gateway,
                                 answer_promise promise) {
  auto why = refuse_amount(wish.amount, gateway);
  if (!why) why = refuse_another(wish.rider);
  if (why) {
    promise.deliver(std::move(*why));
    return;
  }
  const auto next = begin_intent(
      {wish.id, wish.body_hash, wish.rider, intent_purpose::wallet_topup, wish.amount, world->now()},
      gateway);
  store(
      fresh_record().add(next), next, [=]() mutable { promise.deliver(intent_answer{next}); },
      [=](caf::error failed) mutable { promise.deliver(std::move(failed)); });
}

caf::typed_response_promise<order_opened> payments_state::open(const open_order& wish) {
  auto promise = self->make_response_promise<order_opened>();
  const when_failed fail = [promise](caf::error why) mutable { promise.deliver(std::move(why)); };
  const auto* gateway = find_gateway(world->gateways, wish.order.pay.payment_method);
  if (gateway == nullptr) {
    fail(refuse(rental_refusal::invalid_payment_method));
    return promise;
  }
  if (auto why = refuse_another(wish.rider)) {
    fail(std::move(*why));
    return promise;
  }
  const auto counted = [=, this](const wallet_view& wallet) mutable {
    const payment_means means{wallet.balance(), wallet.current_points};
    auto funding = fund_order(wish, means, *gateway);
    if (!funding) return fail(std::move(funding.error()));
    auto next = begin_intent(
        {wish.id, wish.body_hash, wish.rider, wish.purpose, funding->amount, world->now()}, *gateway);
    next.order = wish.order;
    next.order->pay = funding->resume;
    next.order_state = order_status::pending;
    next.order_rental = wish.order.rental;
    auto told = payment_required_json(next, *funding, wish, means, world->gateways);
    const bool is_start = wish.purpose == intent_purpose::rental_payment;
    const char* const route = is_start ? "POST /api/rentals/start" : "POST /api/rentals/{id}/pay-due";
    const order_opened opened{
        {wish.id, wish.rider, route, wish.body_hash, 402, as_stored(told), world->now()}, std::move(told)};
    store(
        fresh_record().add(opened.answer).add(next), next, [=]() mutable { promise.deliver(opened); }, fail);
  };
  self->request(world->accounts, caf::infinite, look_at_wallet{wish.rider})
      .await(counted, [fail](caf::error& why) { fail(std::move(why)); });
  return promise;
}

caf::typed_response_promise<intent_answer> payments_state::give_up(const cancel_intent& wish) {
  auto promise = self->make_response_promise<intent_answer>();
  const when_failed fail = [promise](caf::error why) mutable { promise.deliver(std::move(why)); };
  with_intent(
      wish.intent, wish.rider,
      [=, this](const payment_intent& intent) mutable {
        auto next = cancel(intent);
        if (!next) return fail(std::move(next.error()));
        if (next->version == intent.version) {
          promise.deliver(intent_answer{intent});
          return;
        }
        store(
            fresh_record().add(*next), *next,
            [promise, given_up = *next]() mutable { promise.deliver(intent_answer{given_up}); }, fail);
      },
      fail);
  return promise;
}

// -- memory and database
// ------------------------------------------------------------------------------------------

void payments_state::with_intent(intent_id id, user_id rider, when_found found, when_failed failed) {
  const auto judge = [=](const payment_intent* known) {
    if (known == nullptr || !(rider.is_nil() || known->rider == rider))
      return failed(refuse(payment_refusal::intent_not_found));
    found(*known);
  };
  if (const auto known = live_.find(id); known != live_.end()) {
    const payment_intent intent = known->second;  // What is found may change the map.
    return judge(&intent);
  }
  self->request(world->reader, caf::infinite, load_intent{id, {}})
      .await(
          [judge](const intent_lookup& stored_one) {
            judge(stored_one.intent ? &*stored_one.intent : nullptr);
          },
          [failed](caf::error& why) { failed(std::move(why)); });
}

void payments_state::store(record entry, const payment_intent& next, when_stored done, when_failed failed) {
  self->request(world->journal, caf::infinite, std::move(entry))
      .await(
          [=, this](const stored&) {
            take(next);
            done();
          },
          [=, this](caf::error& why) {
            read_again(next.id, why);
            failed(std::move(why));
          });
}

void payments_state::credit(record entry, const payment_intent& next, bool is_from_suspense, when_stored done,
                            when_failed failed) {
  credit_wallet payment;
  payment.id = next.confirmed_by;
  payment.rider = next.rider;
  payment.amount = next.paid;
  payment.provider = next.provider;
  payment.provider_ref = next.provider_ref;
  payment.with = std::move(entry.parts);
  payment.is_from_suspense = is_from_suspense;
  self->request(world->accounts, caf::infinite, std::move(payment))
      .await(
          [=, this](const wallet_credited&) {
            take(next);
            done();
          },
          [=, this](caf::error& why) {
            read_again(next.id, why);
            failed(std::move(why));
          });
}

void payments_state::take(const payment_intent& next) {
  const auto known = live_.find(next.id);
  const bool was_unpaid = known != live_.end() && is_open(known->second.status);
  const bool is_unpaid = is_open(next.status);
  if (was_unpaid != is_unpaid) {
    auto& own = unpaid_of_[next.rider];
    is_unpaid ? ++own : --own;
    if (own == 0) unpaid_of_.erase(next.rider);
    if (is_unpaid)
      unpaid_.emplace(next.expires_at, next.id);
    else
      unpaid_.erase({next.expires_at, next.id});
  }
  if (is_live(next.status, next.order_state))
    live_[next.id] = next;
  else
    live_.erase(next.id);
  set_clock();
  const payment_event event{next, world->now()};
  for (const auto& door : world->announce_to)
    self->send(door, event);
}

void payments_state::read_again(intent_id id, const caf::error& why) {
  const auto journal = reason_of<journal_refusal>(why);
  const bool is_certain = journal && *journal != journal_refusal::conflict;
  if (is_certain || live_.count(id) == 0) return;
  self->request(world->reader, caf::infinite, load_intent{id, {}})
      .then(
          [this, id](const intent_lookup& found) {
            const auto known = live_.find(id);
            if (known == live_.end() || !found.intent) return;
            if (found.intent->version <= known->second.version) return;
            take(*found.intent);
            go_on(id);  // It may have been paid after all.
          },
          [](const caf::error&) {});
}

// -- what happens by itself
// ------------------------------------------------------------------------------------------

void payments_state::adopt(const adopt_intents& stored_ones) {
  for (const auto& intent : stored_ones.intents)
    take(intent);
  for (const auto& intent : stored_ones.intents)
    if (has_waiting_order(intent)) go_on(intent.id);
}

void payments_state::set_clock() {
  std::optional<timestamp> next = retry_at_;
  if (!unpaid_.empty()) next = std::min(next.value_or(unpaid_.begin()->first), unpaid_.begin()->first);
  if (!next || (clock_at_ && *clock_at_ <= *next)) return;
  clock_at_ = next;
  self->send(world->timers, arm_timer{caf::actor_cast<timed_actor>(self), 0, ++clock_, *next});
}

void payments_state::retry_later() {
  if (!retry_at_) retry_at_ = world->now() + limits::order_retry;
  set_clock();
}

void payments_state::wake(const timer_fired& timer) {
  if (timer.revision != clock_) return;
  clock_at_.reset();
  if (retry_at_ && *retry_at_ <= world->now()) {
    retry_at_.reset();
    std::vector<intent_id> waiting;
    for (const auto& [id, intent] : live_)
      if (has_waiting_order(intent)) waiting.push_back(id);
    for (const auto id : waiting)
      go_on(id);
  }
  expire_due();
}

void payments_state::expire_due() {
  record entry = fresh_record();
  std::vector<payment_intent> expired;
  for (const auto& [at, id] : unpaid_) {
    if (at > world->now() || expired.size() >= limits::intents_expired_at_once) break;
    expired.push_back(expire(live_.at(id)));
    entry.add(expired.back());
  }
  if (expired.empty()) return set_clock();
  self->request(world->journal, caf::infinite, std::move(entry))
      .await(
          [this, expired](const stored&) {
            for (const auto& one : expired)
              take(one);
            expire_due();
          },
          [this, expired](caf::error& why) {
            for (const auto& one : expired)
              read_again(one.id, why);
            // They are due and stay due: not at once again.
            clock_at_ = world->now() + limits::order_retry;
            self->send(world->timers, arm_timer{caf::actor_cast<timed_actor>(self), 0, ++clock_, *clock_at_});
          });
}

payments_desk_actor::behavior_type payments(payments_desk_actor::stateful_pointer<payments_state> self) {
  payments_state& my = self->state;
  my.self = self;
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {
      [&my](const open_topup& wish) { return my.open(wish); },
      [&my](const open_order& wish) { return my.open(wish); },
      [&my](const cancel_intent& wish) { return my.give_up(wish); },
      [&my](const confirm_payment& wish) { return my.confirm(wish); },
      [&my](const decide_review& wish) { return my.decide(wish); },
      [&my](const timer_fired& timer) { my.wake(timer); },
      [&my](const meet_network& meeting) { my.world = std::make_shared<const network>(meeting.everybody); },
      [&my](const adopt_intents& stored_ones) -> caf::result<void> {
        if (!my.world) return caf::skip;
        my.adopt(stored_ones);
        return caf::unit;
      }};
}

}  // namespace chautari
