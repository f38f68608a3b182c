/// The same life of a rental whichever of its records the database could not take at first, and wherever the
/// server was restarted: whoever asks again gets the same end, and nothing is charged twice.

#include "tests/rentals/rental_world.hpp"

namespace chautari::testing {
namespace {

struct plan {
  payment_model model = payment_model::prepaid;
  std::size_t refused_record = 0;  ///< The n-th of the rental's records is refused once; 0: none.
  std::size_t restart_after = 0;   ///< After the n-th step; 0: never.
  std::uint64_t seed = 1;
};
struct ending {
  money cash;
  point_count points = 0;
  rental_bill bill;
  std::size_t records = 0;
  std::size_t journals = 0;
};

/// Start, extension, late fee paid while out, return, the rest paid later.
class life {
public:
  explicit life(plan how) : how_{how}, world_{how.seed} {
    world_.package.model = how.model;
    world_.prices.prices.packages = {world_.package};
    world_.connect();
    rider_ = world_.add_rider({160'00});
    world_.store->is_unreachable = [this](const record&) { return ++records_ == how_.refused_record; };
  }
  ending run() {
    auto start = world_.wish(rider_);
    start.mode = payment_mode::wallet;
    if (!world_asks<start_answer>(start)) {
      start.id = world_.system.ids().make<command_id>();
      EXPECT_TRUE(world_asks<start_answer>(start));
    }
    rental_ = world_.all->ejections.back().command.rental;
    const auto out = world_.outcome(world_.all->ejections.back(), ejection_result::confirmed);
    step([&] { return world_asks<outcome_noted>(out); });
    ride(minutes{20});
    const extend_rental more{world_.by(rider_, rental_), world_.package.id, {}};
    step([&] { return world_asks<rental_answer>(more); });
    ride(minutes{120 - 20 + 32});
    pay_due interim;
    interim.from = world_.by(rider_, rental_);
    step([&] { return world_asks<rental_answer>(interim); });
    ride(minutes{30});
    const auto seen = world_.sighting({40000001});
    step([&] { return world_asks<bank_seen_answer>(seen); });
    top_up();
    pay_due rest;
    rest.from = world_.by(rider_, rental_);
    step([&] { return world_asks<rental_answer>(rest); });
    // Asked once more, each says the same again.
    for (const auto& again : {interim, rest}) {
      const auto answer = world_.command(again);
      world_.system.run();
      EXPECT_TRUE(answer->answer && answer->answer->is_replay);
    }
    world_.audit(rider_);
    const auto wallet = world_.wallet(rider_);
    const auto& stored = world_.stored(rental_);
    EXPECT_EQ(stored.due, money{});
    EXPECT_EQ(world_.store->balance("1200", rider_.value), 0);
    EXPECT_EQ(world_.store->balance("2010", rider_.value), 0);
    return {wallet.cash, wallet.current_points, bill_of(stored), records_, world_.store->journals.size()};
  }

private:
  /// Asks, at most twice: what failed for want of the database is asked again.
  void step(const std::function<bool()>& act) {
    const bool is_done = act() || act();
    EXPECT_TRUE(is_done) << "record " << how_.refused_record;
    if (++steps_ == how_.restart_after) world_.restart();
  }
  template <class Answer, class Wish>
  bool world_asks(const Wish& wish) {
    const auto answer = world_.system.ask<Answer>(world_.rentals, wish);
    world_.system.run();
    if constexpr (std::is_same_v<Answer, start_answer>)
      return !answer->error;
    else
      return answer->answer.has_value();
  }
  void ride(milliseconds time) { world_.system.advance(time, minutes{1}); }
  void top_up() {
    credit_wallet coin;
    coin.id = world_.system.ids().make<command_id>();
    coin.rider = rider_;
    coin.amount = {100'00};
    coin.provider = "demo";
    coin.provider_ref = "coin";
    const auto before = how_.refused_record;
    how_.refused_record = 0;
    world_.system.ask<wallet_credited>(world_.accounts, coin);
    world_.system.run();
    --records_;
    how_.refused_record = before;
  }

  plan how_;
  rental_world world_;
  user_id rider_;
  rental_id rental_;
  std::size_t records_ = 0;
  std::size_t steps_ = 0;
};

struct a_rentals_life : ::testing::TestWithParam<payment_model> {};

TEST_P(a_rentals_life, ends_the_same_whichever_record_was_refused_at_first) {
  const auto smooth = life{{GetParam()}}.run();
  ASSERT_GE(smooth.records, 7U);
  for (std::size_t n = 1; n <= smooth.records; ++n) {
    const auto bumpy = life{{GetParam(), n}}.run();
    EXPECT_EQ(bumpy.cash, smooth.cash) << "record " << n;
    EXPECT_EQ(bumpy.points, smooth.points) << "record " << n;
    EXPECT_EQ(bumpy.bill, smooth.bill) << "record " << n;
    EXPECT_EQ(bumpy.journals, smooth.journals) << "record " << n;
  }
}

TEST_P(a_rentals_life, ends_the_same_wherever_the_server_was_restarted) {
  const auto smooth = life{{GetParam()}}.run();
  for (std::size_t n = 1; n <= 5; ++n) {
    const auto bumpy = life{{GetParam(), 0, n, n}}.run();
    EXPECT_EQ(bumpy.cash, smooth.cash) << "step " << n;
    EXPECT_EQ(bumpy.bill, smooth.bill) << "step " << n;
    EXPECT_EQ(bumpy.journals, smooth.journals) << "step " << n;
  }
}

INSTANTIATE_TEST_SUITE_P(both_models, a_rentals_life,
                         ::testing::Values(payment_model::prepaid, payment_model::postpaid));

}  // namespace
}  // namespace chautari::testing
