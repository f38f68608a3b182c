#pragma once
/// The rentals' world with the real PRICES in it, and an operator who changes them.

#include <string>
#include <vector>

#include "actors/pricing/prices_actor.hpp"
#include "protocols/pricing/recovery.hpp"
#include "tests/rentals/rental_world.hpp"

namespace chautari::testing {

using price_lists = std::vector<std::shared_ptr<const price_list>>;

inline door_actor::behavior_type listening_to_prices(door_actor::pointer,
                                                     std::shared_ptr<price_lists> heard) {
  return {[](const station_view&) {},
          [](const rental_event&) {},
          [](const wallet_event&) {},
          [](const session_revoked&) {},
          [](const stations_announced&) {},
          [](const operator_event&) {},
          [](const command_news&) {},
          [](const operator_changed&) {},
          [heard](const prices_announced& news) { heard->push_back(news.prices); },
          [](const payment_event&) {}};
}

struct prices_world : rental_world {
  explicit prices_world(std::uint64_t seed = 1) : rental_world{seed} {
    stamp.who = system.ids().make<operator_id>();
    late_fee_configuration seeded;
    seeded.id = system.ids().make<late_fee_id>();
    seeded.name = "As seeded";
    seeded.terms = *prices.prices.active_late_fee;
    seeded.is_active = true;
    store_parts(package, seeded);
    open();
  }

  /// Everybody reads what is stored; the rentals get to know the real PRICES.
  void open() {
    desk = system.spawn(::chautari::prices, prices_setup{rentals, prices.terms});
    net.prices = desk;
    net.announce_to = {system.spawn(listening_to_prices, heard)};
    const auto past = store->recover();
    system.ask<nothing>(rentals, meet_network{net});
    system.ask<nothing>(desk, meet_network{net});
    system.ask<nothing>(desk, adopt_price_list{past.prices, claims_of(past.open_rentals)});
    system.ask<nothing>(rentals, adopt_prices{past.prices, prices.terms});
    system.run();
  }
  /// The server dies and comes back.
  void come_back() {
    system.kill(desk);
    system.kill(accounts);
    system.kill(rentals);
    connect();
    open();
    const auto past = store->recover();
    system.ask<nothing>(rentals, adopt_rentals{past.open_rentals, past.rented_banks});
    system.run();
  }

  std::shared_ptr<asked<price_changed>> change(price_table table, price_action action, std::string id,
                                               std::string fields = {}) {
    const auto place =
        system.ask<price_changed>(desk, change_price{table, action, std::move(id), std::move(fields), stamp});
    system.run();
    return place;
  }
  /// The new row's id.
  std::string add(price_table table, const std::string& fields) {
    const auto done = change(table, price_action::create, {}, fields);
    EXPECT_TRUE(done->answer) << fields;
    if (!done->answer) return {};
    return std::string{boost::json::parse(done->answer->row).at("id").as_string()};
  }
  /// 12.5 % off at the station, with the fields given beside; valid for a year.
  std::string add_discount(const std::string& more = "") {
    return add(price_table::discounts,
               R"({"station_id":")" + all->station.id.text() + R"(","package_id":")" + package.id.text() +
                   R"(","discount_percent":"12.50","valid_from":"2026-01-01T00:00:00Z",)" +
                   R"("valid_until":"2027-01-01T00:00:00Z")" + more + '}');
  }

  [[nodiscard]] price_list now_offered() {
    const auto seen = system.ask<price_snapshot>(desk, look_at_prices{});
    system.run();
    return seen->answer ? *seen->answer->prices : price_list{};
  }
  auto ask_claim(user_id rider, rental_id rental) {
    return system.ask<discount_claim>(desk, claim_discount{all->station.id, package.id, rider, rental});
  }
  [[nodiscard]] const station_discount& stored_discount() const { return store->prices.discounts.at(0); }

  std::shared_ptr<price_lists> heard = std::make_shared<price_lists>();
  prices_desk_actor desk;
  operator_stamp stamp;
};

}  // namespace chautari::testing
