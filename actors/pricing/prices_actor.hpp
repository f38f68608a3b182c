#pragma once
/// PRICES: packages, late-fee configurations and discounts, all in memory, and the uses of the discounts that
/// are under way. One actor writes all three tables; rentals and doors get every new list whole.

#include <functional>
#include <memory>

#include "actors/pricing/discount_uses.hpp"
#include "protocols/pricing/late_fee.hpp"
#include "protocols/rentals/recovery.hpp"

namespace chautari {

struct prices_setup {
  rentals_directory_actor rentals;  ///< Told of every change; rentals that run keep their prices.
  settlement_terms terms;
};

struct prices_state {
  prices_desk_actor::pointer self = nullptr;
  prices_setup setup;
  std::shared_ptr<const network> world;
  price_list list;
  discount_uses uses;

  void adopt(const adopt_price_list& stored_ones);
  [[nodiscard]] price_snapshot look();

  caf::result<discount_claim> claim(const claim_discount& wish);
  void settle(const discount_settled& news);

  // -- operators (prices_changes.cpp)
  caf::typed_response_promise<price_changed> change(const change_price& wish);

private:
  using answer_promise = caf::typed_response_promise<price_changed>;

  discount_claim reserve(const claim_discount& wish, discount_id id, std::int32_t uses_before);
  void count_again(discount_id id);

  template <class Row>
  void put(const change_price& wish, answer_promise promise);
  template <class Row>
  void remove(const change_price& wish, answer_promise promise);
  template <class Row>
  void take_out(const change_price& wish, const Row& row, answer_promise promise);
  /// Stores the record, then takes it up by `done`, tells everybody and answers with `row`.
  void store(record entry, std::string row, std::function<void()> done, answer_promise promise);
  void tell_doors();
  void tell_everybody();

  std::shared_ptr<const price_list> handed_out_;  ///< Empty after a change.
};

prices_desk_actor::behavior_type prices(prices_desk_actor::stateful_pointer<prices_state> self,
                                        prices_setup setup);

}  // namespace chautari
