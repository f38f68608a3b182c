#pragma once
/// The rentals' world with the real PRICES' neighbour PAYMENTS in it, a counter, and an operator behind it.

#include <string>

#include "actors/payments/payments_actor.hpp"
#include "tests/rentals/rental_world.hpp"

namespace chautari::testing {

struct payments_world : rental_world {
  explicit payments_world(std::uint64_t seed = 1) : rental_world{seed} {
    stamp.who = system.ids().make<operator_id>();
    open_counter();
  }

  /// PAYMENTS is born and takes up what was stored; everybody gets to know it.
  void open_counter() {
    desk = system.spawn(payments);
    net.payments = desk;
    net.gateways = {counter_gateway()};
    net.announce_to = {system.spawn(pretended_door, all)};
    system.ask<nothing>(accounts, meet_network{net});
    system.ask<nothing>(rentals, meet_network{net});
    system.ask<nothing>(desk, meet_network{net});
    system.ask<nothing>(desk, adopt_intents{store->recover().live_intents});
    system.run();
  }
  /// The server dies and comes back.
  void come_back() {
    system.kill(desk);
    system.kill(accounts);
    system.kill(rentals);
    connect();
    const auto past = store->recover();
    system.ask<nothing>(rentals, adopt_rentals{past.open_rentals, past.rented_banks});
    open_counter();
  }

  // -- a rider
  open_topup topup_wish(user_id rider, money amount = {100'00}) {
    return {system.ids().make<command_id>(), 7, rider, amount, counter_gateway().id.text()};
  }
  template <class Answer, class Handle, class Wish>
  std::shared_ptr<asked<Answer>> done(const Handle& whom, const Wish& wish) {
    const auto place = system.ask<Answer>(whom, wish);
    system.run();
    return place;
  }
  auto told(const open_topup& wish) { return done<intent_answer>(desk, wish); }
  intent_id begin_topup(user_id rider, money amount = {100'00}) {
    const auto opened = told(topup_wish(rider, amount));
    EXPECT_TRUE(opened->answer);
    return opened->answer ? opened->answer->intent.id : intent_id{};
  }
  /// A start that names the counter.
  start_rental order(user_id rider, payment_mode mode = payment_mode::direct) {
    auto one = wish(rider);
    one.mode = mode;
    one.payment_method = counter_gateway().id.text();
    return one;
  }
  /// The intent of a start that was refused with 402 `payment_required`.
  intent_id order_intent(const start_rental& one) {
    const auto answer = done<start_answer>(rentals, one);
    EXPECT_TRUE(answer->error &&
                reason_of<rental_refusal>(*answer->error) == rental_refusal::payment_required);
    return intent_of(one.id);
  }
  std::shared_ptr<asked<intent_answer>> cancelled(user_id rider, intent_id id) {
    return done<intent_answer>(desk, cancel_intent{rider, id});
  }

  // -- the operator
  confirm_payment confirmation(intent_id id, money amount, const std::string& receipt = "R-1") {
    return {id, amount, receipt, system.ids().make<command_id>(), 9, stamp};
  }
  std::shared_ptr<asked<intent_answer>> told(const confirm_payment& wish) {
    return done<intent_answer>(desk, wish);
  }
  /// Paid, as asked for.
  payment_intent pay_at_counter(intent_id id, const std::string& receipt = "R-1") {
    const auto answer = told(confirmation(id, intent(id).amount, receipt));
    EXPECT_TRUE(answer->answer) << caf::to_string(answer->error.value_or(caf::error{}));
    return answer->answer ? answer->answer->intent : payment_intent{};
  }

  const payment_intent& intent(intent_id id) { return store->intents.at(id); }
  std::optional<payment_refusal> refusal_of(const std::shared_ptr<asked<intent_answer>>& place) {
    return place->error ? reason_of<payment_refusal>(*place->error) : std::nullopt;
  }
  /// The newest ejection is confirmed by the cabinet.
  void bank_comes_out() {
    ASSERT_FALSE(all->ejections.empty());
    system.ask<outcome_noted>(rentals, outcome(all->ejections.back(), ejection_result::confirmed));
    system.run();
  }
  std::size_t rentals_of(user_id rider) const {
    return static_cast<std::size_t>(
        std::count_if(store->rentals.begin(), store->rentals.end(),
                      [&](const auto& one) { return one.second.rider == rider; }));
  }

  payments_desk_actor desk;
  operator_stamp stamp;
};

}  // namespace chautari::testing
