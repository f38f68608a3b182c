#include <gtest/gtest.h>

#include "persistence/journal/batch_writer.hpp"
#include "persistence/payments/questions.hpp"
#include "persistence/recovery/recover.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

using kind = record_fate::kind;

class payments_on_postgres : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  database_connection reader{database, session_kind::reading};
  sample_maker make;
  user_id rider = make.id<user_id>();

  payment_intent an_intent(bool has_order = false) {
    payment_intent intent;
    intent.id = make.id<intent_id>();
    intent.rider = rider;
    intent.amount = {50'00};
    intent.method = counter_gateway().id;
    intent.provider = "counter";
    intent.opened_by = make.id<command_id>();
    intent.body_hash = 7;
    intent.created_at = make.now();
    intent.expires_at = intent.created_at + minutes{30};
    if (!has_order) return intent;
    intent.purpose = intent_purpose::rental_payment;
    auto& order = intent.order.emplace();
    order.station = {"ASAN"};
    order.package = make.id<package_id>();
    order.bank = bank_sn{4'000'000'001};
    order.pay = {payment_mode::wallet_points, {}, money{30'00}, 200};
    order.price = {50'00};
    order.quoted_at = intent.created_at;
    intent.order_state = order_status::pending;
    return intent;
  }
  /// The next version, paid.
  payment_intent paid(payment_intent intent, const std::string& receipt) {
    ++intent.version;
    intent.status = intent_status::completed;
    intent.provider_ref = receipt;
    intent.paid = intent.amount;
    intent.completed_at = make.now();
    intent.confirmed_by = make.id<command_id>();
    intent.confirm_hash = 9;
    return intent;
  }
  std::string refused_by(const payment_intent& intent) {
    const auto fate = writer.write({make.empty_record().add(intent)}).front();
    return fate.what == kind::refused ? fate.constraint : "";
  }
  std::vector<payment_intent> live() {
    const auto report = recover(database, make.now());
    EXPECT_EQ(report.problem, "");
    return report.network.live_intents;
  }
};

TEST_F(payments_on_postgres, an_intent_with_its_order_is_read_as_it_was_written) {
  const auto opened = an_intent(true);
  ASSERT_EQ(refused_by(opened), "");
  const auto next = paid(opened, "R-1");
  ASSERT_EQ(refused_by(next), "");
  const auto read = answer(reader, load_intent{opened.id, rider})->intent;
  ASSERT_TRUE(read);
  EXPECT_EQ(read->version, 2);
  EXPECT_EQ(read->status, intent_status::completed);
  EXPECT_EQ(read->purpose, intent_purpose::rental_payment);
  EXPECT_EQ(read->provider_ref, "R-1");
  EXPECT_EQ(read->paid, money{50'00});
  EXPECT_EQ(read->method, counter_gateway().id);
  EXPECT_EQ(read->opened_by, opened.opened_by);
  EXPECT_EQ(read->confirmed_by, next.confirmed_by);
  EXPECT_EQ(read->confirm_hash, 9U);
  EXPECT_EQ(read->expires_at, opened.expires_at);
  EXPECT_EQ(read->completed_at, next.completed_at);
  ASSERT_TRUE(read->order);
  EXPECT_EQ(read->order->station, opened.order->station);
  EXPECT_EQ(read->order->package, opened.order->package);
  EXPECT_EQ(read->order->bank, opened.order->bank);
  EXPECT_EQ(read->order->pay.wallet_amount, money{30'00});
  EXPECT_EQ(read->order->pay.points_to_use, 200);
  EXPECT_EQ(read->order->price, money{50'00});
  EXPECT_EQ(read->order->quoted_at, opened.order->quoted_at);
  EXPECT_TRUE(read->order->rental.is_nil());
  EXPECT_FALSE(answer(reader, load_intent{opened.id, make.id<user_id>()})->intent) << "nobody else's";
}

TEST_F(payments_on_postgres, of_two_who_claim_the_same_version_one_gets_it) {
  const auto opened = an_intent(true);
  ASSERT_EQ(refused_by(opened), "");
  auto claim = paid(opened, "R-1");
  ASSERT_EQ(refused_by(claim), "");
  ++claim.version;
  claim.order_state = order_status::processing;
  EXPECT_EQ(refused_by(claim), "");
  EXPECT_EQ(refused_by(claim), "payment_intents_version") << "the second one";
  claim.version += 2;
  EXPECT_EQ(refused_by(claim), "payment_intents_version");
  auto again = an_intent();
  again.opened_by = opened.opened_by;
  EXPECT_EQ(refused_by(again), "payment_intents_opened_once");
}

TEST_F(payments_on_postgres, one_receipt_pays_one_intent_and_no_order_goes_on_unpaid) {
  const auto first = an_intent();
  const auto second = an_intent(true);
  ASSERT_EQ(refused_by(first), "");
  ASSERT_EQ(refused_by(second), "");
  ASSERT_EQ(refused_by(paid(first, "R-1")), "");
  EXPECT_EQ(refused_by(paid(second, "R-1")), "payment_intents_paid_once");
  auto unpaid = second;
  ++unpaid.version;
  unpaid.order_state = order_status::processing;
  EXPECT_EQ(refused_by(unpaid), "payment_intents_only_paid_orders_go_on");
  auto too_little = paid(second, "R-2");
  too_little.paid = {49'99};
  EXPECT_EQ(refused_by(too_little), "payment_intents_completed_is_paid_whole");
}

TEST_F(payments_on_postgres, what_is_still_to_happen_is_there_after_a_restart_and_nothing_else) {
  const auto unpaid = an_intent();
  const auto waiting = an_intent(true);
  const auto done = an_intent();
  for (const auto& one : {unpaid, waiting, done})
    ASSERT_EQ(refused_by(one), "");
  ASSERT_EQ(refused_by(paid(waiting, "R-1")), "");
  ASSERT_EQ(refused_by(paid(done, "R-2")), "");
  const auto found = live();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].id, unpaid.id);
  EXPECT_EQ(found[1].id, waiting.id);
}

TEST_F(payments_on_postgres, operators_page_through_them_newest_first) {
  std::vector<payment_intent> made;
  for (int n = 0; n < 5; ++n) {
    made.push_back(an_intent());
    ASSERT_EQ(refused_by(made.back()), "");
  }
  ASSERT_EQ(refused_by(paid(made[0], "R-1")), "");
  list_intents question;
  question.limit = 2;
  std::vector<intent_id> seen;
  do {
    const auto page = answer(reader, question);
    ASSERT_TRUE(page);
    for (const auto& one : page->intents)
      seen.push_back(one.id);
    question.cursor = page->next_cursor;
  } while (!question.cursor.empty());
  ASSERT_EQ(seen.size(), 5U);
  EXPECT_EQ(seen.front(), made.back().id);
  EXPECT_EQ(seen.back(), made.front().id);
  question.status = intent_status::completed;
  question.rider = rider;
  question.reference = "R-1";
  question.page = 1;
  const auto filtered = answer(reader, question);
  EXPECT_EQ(filtered->total, 1);
  ASSERT_EQ(filtered->intents.size(), 1U);
  EXPECT_EQ(filtered->intents.front().id, made[0].id);
  question.page = 0;
  question.cursor = "none of ours";
  EXPECT_FALSE(answer(reader, question));
}

}  // namespace
}  // namespace chautari::testing
