/// More time for a rental that runs (3.6).

#include "actors/rentals/rental_actor.hpp"
#include "actors/rentals/settlement_records.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/rentals/answers.hpp"

namespace chautari {

caf::result<rental_answer> rental_state::extend(const extend_rental& wish) {
  return obey(wish, [this](const extend_rental& order, answer_promise promise) {
    const auto why =
        refuse_extension(facts, order, setup.prices->prices, setup.prices->terms, everybody().now());
    if (why) return refused(promise, refuse(*why));
    const rental_package package = *setup.prices->prices.find(order.package);
    const money cost = extension_cost(facts, package);
    if (cost == money{}) return store_extension(order, package, {}, promise);
    hold_payment(
        cost, order.pay, [this, promise](caf::error& short_of) { refused(promise, std::move(short_of)); },
        [this, order, package, promise](const payment_split& paid) {
          store_extension(order, package, paid, promise);
        });
  });
}

void rental_state::hold_payment(money amount, const payment_wish& pay, std::function<void(caf::error&)> fail,
                                std::function<void(const payment_split&)> then) {
  hold_funds wish;
  wish.rider = facts.rider;
  wish.rental = facts.id;
  wish.amount = amount;
  wish.mode = pay.mode;
  wish.wallet_amount = pay.wallet_amount;
  wish.points_to_use = pay.points_to_use;
  self->request(everybody().accounts, caf::infinite, wish)
      .await([then](const funds_held& held) { then(held.split); }, std::move(fail));
}

void rental_state::store_extension(const extend_rental& wish, const rental_package& package,
                                   const payment_split& paid, answer_promise promise) {
  const auto done = extend_by(facts, package, everybody().ids.make<extension_id>(), paid, everybody().now());
  const auto answer =
      answer_of(wish.from, "POST /api/rentals/{id}/extend",
                extended_json(done.rental, done.extension, setup.prices->terms.extensions_max));
  const bool is_paid = done.extension.cost > money{};
  self->request(everybody().journal, caf::infinite, extended_record(context(), done, answer))
      .await(
          [this, done, answer, is_paid, promise](const stored&) {
            facts = done.rental;
            if (is_paid) free_hold({}, true);
            tell_place(answer);
            set_clock();
            announce("rental.extended");
            answered(promise, answer);
          },
          [this, is_paid, promise](caf::error& why) {
            if (is_paid) free_hold({}, false);
            refused(promise, std::move(why));
          });
}

}  // namespace chautari
