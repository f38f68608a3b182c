/// A swap, a claimed return, a loss and a find: the same end whichever record the database refused once, and
/// after whichever step the server was restarted.

#include "tests/rentals/rental_world.hpp"

namespace chautari::testing {
namespace {

struct trouble {
  std::size_t refused_record = 0;  ///< The n-th is refused once; 0: none.
  std::size_t restart_after = 0;   ///< After the n-th step; 0: never.
};
/// What must not depend on the trouble.
struct outcome_of_life {
  money cash;
  rental_bill bill;
  closure_reason closure = closure_reason::none;
  std::string banks;
  std::size_t journals = 0;
  std::size_t swaps = 0;
  friend bool operator==(const outcome_of_life&, const outcome_of_life&) = default;
};

class story {
public:
  explicit story(trouble what) : what_{what} {
    rider_ = world_.add_rider({800'00});
    rental_ = world_.rent(rider_).id;
    world_.store->is_unreachable = [this](const record&) { return ++records == what_.refused_record; };
  }
  std::size_t records = 0;
  std::size_t steps = 0;

  outcome_of_life swap_then_claim() {
    ride(minutes{1});
    const swap_rental wish{world_.by(rider_, rental_), swap_reason::defective, "", {}};
    until_done<rental_answer>(wish);
    until_done<bank_seen_answer>(world_.sighting({40000001}));
    until_done<outcome_noted>(world_.outcome(world_.all->ejections.back(), ejection_result::confirmed));
    ride(minutes{75});
    until_done<bank_seen_answer>(world_.sighting({40000002}, sighting_kind::claim, 10));
    ride(seconds{30});
    until_done<bank_seen_answer>(world_.sighting({40000002}, sighting_kind::return_report, 10));
    return end();
  }
  outcome_of_life lose_and_find() {
    ride(hours{74});
    after_step();
    const lost_bank_found found{rental_, world_.sighting({40000001}, sighting_kind::snapshot)};
    until_done<bank_seen_answer>(found);
    return end();
  }

private:
  template <class Answer, class Word>
  void until_done(const Word& word) {
    for (int tries = 0; tries < 3; ++tries) {
      const auto answer = world_.system.ask<Answer>(world_.rentals, word);
      world_.system.run();
      if (answer->answer) break;
      EXPECT_LT(tries, 2) << "never done";
    }
    after_step();
  }
  void after_step() {
    if (++steps == what_.restart_after) world_.restart();
  }
  void ride(milliseconds time) {
    world_.system.advance(time, std::clamp<milliseconds>(time / 100, seconds{5}, minutes{5}));
  }
  outcome_of_life end() {
    world_.system.run();
    world_.audit(rider_);
    outcome_of_life all;
    const auto& closed = world_.stored(rental_);
    all.cash = world_.wallet(rider_).cash;
    all.bill = bill_of(closed);
    all.closure = closed.closure;
    for (const std::uint32_t serial : {40000001U, 40000002U}) {
      const auto* bank = world_.store->find_bank(bank_sn{serial});
      all.banks += to_string(bank->status) + ' ' + std::to_string(bank->slot) + ' ' +
                   (bank->rental.is_nil() ? "free " : "bound ");
    }
    all.journals = world_.store->journals.size();
    all.swaps = world_.store->swaps.size();
    return all;
  }

  trouble what_;
  rental_world world_;
  user_id rider_;
  rental_id rental_;
};

template <class Tell>
void expect_the_same_end(Tell tell, const std::string& banks) {
  story calm{{}};
  const auto expected = tell(calm);
  EXPECT_EQ(expected.banks, banks);
  for (std::size_t n = 1; n <= calm.records; ++n) {
    SCOPED_TRACE("record " + std::to_string(n) + " refused");
    story refused{{n, 0}};
    EXPECT_EQ(tell(refused), expected);
  }
  for (std::size_t n = 1; n <= calm.steps; ++n) {
    SCOPED_TRACE("restarted after step " + std::to_string(n));
    story restarted{{0, n}};
    EXPECT_EQ(tell(restarted), expected);
  }
}

TEST(interrupted_endings, a_swap_and_a_claimed_return) {
  expect_the_same_end([](story& one) { return one.swap_then_claim(); },
                      "AVAILABLE 9 free AVAILABLE 10 free ");
}

TEST(interrupted_endings, a_loss_and_a_find) {
  expect_the_same_end([](story& one) { return one.lose_and_find(); }, "MAINTENANCE 9 free AVAILABLE 2 free ");
}

}  // namespace
}  // namespace chautari::testing
