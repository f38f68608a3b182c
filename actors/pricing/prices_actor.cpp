#include "actors/pricing/prices_actor.hpp"

#include "protocols/pricing/catalogue.hpp"

namespace chautari {

void prices_state::adopt(const adopt_price_list& stored_ones) {
  list = stored_ones.prices;
  uses = {};
  for (const auto& discount : list.discounts)
    uses.adopt(discount.id, discount.used);
  for (const auto& claim : stored_ones.claims)
    uses.adopt(claim);
  for (auto& discount : list.discounts)
    discount.reserved = uses.reserved(discount.id);
  handed_out_.reset();
}

price_snapshot prices_state::look() {
  if (!handed_out_) handed_out_ = std::make_shared<const price_list>(list);
  return {handed_out_};
}

void prices_state::tell_doors() {
  for (const auto& door : world->announce_to)
    self->send(door, prices_announced{look().prices});
}

void prices_state::tell_everybody() {
  tell_doors();
  // Sent before the operator is answered: whoever starts a rental afterwards pays the new price.
  self->send(setup.rentals, adopt_prices{list, setup.terms});
}

// -- discounts
// ------------------------------------------------------------------------------------------

void prices_state::count_again(discount_id id) {
  auto* discount = find_price(list.discounts, id);
  if (discount == nullptr) return;
  const bool had_one = discount->has_use_left();
  discount->used = uses.confirmed(id);
  discount->reserved = uses.reserved(id);
  handed_out_.reset();
  // What a door offers is a preview; that nothing is left of it, it must know.
  if (had_one != discount->has_use_left()) tell_doors();
}

caf::result<discount_claim> prices_state::claim(const claim_discount& wish) {
  const auto* discount = list.discount_at(wish.station, wish.package, world->now());
  if (discount == nullptr) return discount_claim{};
  if (uses.is_reserved(discount->id, wish.rental)) return discount_claim{*discount};
  if (!discount->has_use_left()) return discount_claim{};
  const auto id = discount->id;
  if (const auto known = uses.uses_of(id, wish.rider)) return reserve(wish, id, *known);
  // Other claims and their ends wait meanwhile: what is counted here and what is stored cannot drift apart.
  auto promise = self->make_response_promise<discount_claim>();
  self->request(world->reader, caf::infinite, count_price_uses{price_table::discounts, id.value, wish.rider})
      .await(
          [=, this](const price_uses& stored_ones) mutable {
            promise.deliver(reserve(wish, id, static_cast<std::int32_t>(stored_ones.uses)));
          },
          [promise](caf::error& why) mutable { promise.deliver(why); });
  return promise;
}

discount_claim prices_state::reserve(const claim_discount& wish, discount_id id, std::int32_t uses_before) {
  if (uses_before >= find_price(list.discounts, id)->uses_per_user_max) return {};
  uses.reserve(id, wish.rental, wish.rider, uses_before);
  count_again(id);
  return {*find_price(list.discounts, id)};
}

void prices_state::settle(const discount_settled& news) {
  if (uses.settle(news)) count_again(news.discount);
}

prices_desk_actor::behavior_type prices(prices_desk_actor::stateful_pointer<prices_state> self,
                                        prices_setup setup) {
  auto& my = self->state;
  my.self = self;
  my.setup = std::move(setup);
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {
      [&my](const change_price& wish) { return my.change(wish); },
      [&my](const look_at_prices&) { return my.look(); },
      [&my](const claim_discount& wish) { return my.claim(wish); },
      [&my](const discount_settled& news) { my.settle(news); },
      [&my](const meet_network& meeting) { my.world = std::make_shared<const network>(meeting.everybody); },
      [&my](const adopt_price_list& stored_ones) { my.adopt(stored_ones); }};
}

}  // namespace chautari
