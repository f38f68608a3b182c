/// Payments at the doors of riders and operators: real sockets before actors that follow a script.

#include "http/payments/payments_door.hpp"
#include "protocols/base/refusal.hpp"
#include "tests/server/fixture.hpp"
#include "tests/support/rider_client.hpp"
#include "tests/support/riders_stage.hpp"

namespace chautari::testing {
namespace {

struct counter_script {
  open_topup opened;
  cancel_intent cancelled;
  confirm_payment confirmed;
  decide_review decided;
  load_intent looked_for;
  list_intents listed;
  payment_intent intent;
  bool is_replay = false;
  std::optional<caf::error> refuses;
};
using script = std::shared_ptr<counter_script>;

caf::behavior scripted_payments(caf::event_based_actor*, script said) {
  const auto answer = [said]() -> caf::result<intent_answer> {
    if (said->refuses) return *said->refuses;
    return intent_answer{said->intent, said->is_replay};
  };
  return {[=](const open_topup& wish) {
            said->opened = wish;
            return answer();
          },
          [=](const cancel_intent& wish) {
            said->cancelled = wish;
            return answer();
          },
          [=](const confirm_payment& wish) {
            said->confirmed = wish;
            return answer();
          },
          [=](const decide_review& wish) {
            said->decided = wish;
            return answer();
          }};
}

caf::behavior scripted_reader(caf::event_based_actor*, script said) {
  return {[said](const load_intent& question) {
            said->looked_for = question;
            const bool is_own = question.rider == said->intent.rider;
            return is_own ? intent_lookup{said->intent} : intent_lookup{};
          },
          [said](const list_intents& question) {
            said->listed = question;
            return intent_page{{said->intent}, "next", 1};
          }};
}

class payments_door_test : public server_test {
protected:
  script said = std::make_shared<counter_script>();
  caf::actor payments = system->spawn(scripted_payments, said);
  caf::actor reader = system->spawn(scripted_reader, said);
  payments_door desk{
      caf::actor_cast<payments_actor>(payments), caf::actor_cast<reader_actor>(reader), {counter_gateway()}};

  payments_door_test() {
    rows = payment_endpoints(desk);
    for (auto& row : payment_office_endpoints(desk))
      rows.push_back(row);
    options.standing = [](const caller&, std::string_view) -> standing_result {
      return operator_standing{operator_role::finance, from_ms(dawn_ms)};
    };
    command_id opened_by;
    opened_by.value.data[0] = 1;
    payment_order order;
    order.price = {50'00};
    said->intent = {};
    said->intent.id.value.data[0] = 9;
    said->intent.rider = user_number(1);
    said->intent.amount = {50'00};
    said->intent.method = counter_gateway().id;
    said->intent.provider = "counter";
    said->intent.purpose = intent_purpose::rental_payment;
    said->intent.order = order;
    said->intent.order_state = order_status::pending;
  }
  ~payments_door_test() override {
    entrance.reset();
    for (const auto& actor : {payments, reader})
      caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
    desk = {};
  }
  std::unique_ptr<rider_client> client(const std::string& token) {
    if (!entrance) open();
    return std::make_unique<rider_client>(port, token);
  }
  [[nodiscard]] std::string id() const { return said->intent.id.text(); }
  const rider_client::header_list key{{"Idempotency-Key", "k-1"}};
};

TEST_F(payments_door_test, the_ways_of_paying_are_public_and_say_their_bounds) {
  const auto answer = client("")->get("/api/payment/methods");
  EXPECT_EQ(answer.at("/data/count"), 1);
  EXPECT_EQ(answer.at("/data/payment_methods/0/id").as_string(), counter_gateway().id.text());
  EXPECT_EQ(answer.at("/data/payment_methods/0/gateway"), "counter");
  EXPECT_EQ(answer.at("/data/payment_methods/0/min_amount"), "10.00");
  EXPECT_EQ(answer.at("/data/payment_methods/0/max_amount"), "50000.00");
}

TEST_F(payments_door_test, a_topup_is_begun_for_the_caller_and_says_where_to_pay) {
  const auto body = R"({"amount":"50.00","payment_method_id":")" + counter_gateway().id.text() + "\"}";
  const auto answer = client("user-1")->post("/api/wallet/topup-intent", body, key);
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(said->opened.rider, user_number(1));
  EXPECT_EQ(said->opened.amount, money{50'00});
  EXPECT_EQ(answer.at("/data/intent_id").as_string(), id());
  EXPECT_EQ(answer.at("/data/payment_method_name"), "Pay at the counter");
  EXPECT_EQ(answer.at("/data/redirect_url"), nullptr);
  const auto first = said->opened.id;
  client("user-1")->post("/api/payments/wallet/topup-intent", body, key);
  EXPECT_EQ(said->opened.id, first) << "the same key, by whichever path";
  client("user-2")->post("/api/payments/wallet/topup-intent", body, key);
  EXPECT_FALSE(said->opened.id == first);
  said->is_replay = true;
  EXPECT_EQ(
      client("user-1")->post("/api/payments/wallet/topup-intent", body, key).header("idempotency-replayed"),
      "true");
  EXPECT_EQ(client("user-1")->post("/api/payments/wallet/topup-intent", body).status, 400) << "without a key";
}

TEST_F(payments_door_test, a_rider_sees_only_what_is_true_of_an_own_payment) {
  const auto status = client("user-1")->get("/api/payments/status/" + id());
  EXPECT_EQ(status.at("/data/status"), "PENDING");
  EXPECT_EQ(status.at("/data/order/flow"), "RENTAL_START");
  const auto claim = R"({"intent_id":")" + id() + R"(","callback_data":{"status":"Completed","pidx":"x"}})";
  const auto verdict = client("user-1")->post("/api/payments/verify", claim);
  EXPECT_EQ(verdict.status, 202);
  EXPECT_EQ(verdict.at("/data/status"), "PENDING") << "what a client brings proves nothing";
  said->intent.status = intent_status::completed;
  said->intent.order_state = order_status::failed;
  said->intent.order_code = "no_power_bank_available";
  const auto paid = client("user-1")->post("/api/payments/verify", claim);
  EXPECT_EQ(paid.status, 200);
  EXPECT_EQ(paid.at("/data/status"), "SUCCESS");
  EXPECT_EQ(paid.at("/data/rental_start_status"), "FAILED");
  EXPECT_EQ(paid.at("/data/rental_error"), "no_power_bank_available");
  EXPECT_EQ(client("user-2")->get("/api/payments/status/" + id()).code(), "intent_not_found");
  EXPECT_EQ(client("user-2")->post("/api/payments/verify", claim).status, 404);
  EXPECT_EQ(client("user-1")->get("/api/payments/status/7").code(), "intent_not_found");
  client("user-2")->post("/api/payments/cancel/" + id());
  EXPECT_EQ(said->cancelled.rider, user_number(2)) << "whose it is, PAYMENTS knows";
}

TEST_F(payments_door_test, an_operator_confirms_with_amount_and_receipt_and_a_key) {
  const auto path = "/api/admin/payments/intents/" + id() + "/confirm";
  const std::string body = R"({"amount":"50.00","reference":"R-12"})";
  const auto answer = client("admin-3")->post(path, body, key);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(said->confirmed.intent, said->intent.id);
  EXPECT_EQ(said->confirmed.amount, money{50'00});
  EXPECT_EQ(said->confirmed.reference, "R-12");
  EXPECT_FALSE(said->confirmed.by.who.is_nil());
  EXPECT_EQ(client("admin-3")->post(path, R"({"amount":"0.00","reference":"R"})", key).problems(),
            (std::vector<std::string>{"amount:out_of_range", "reference:too_short"}));
  EXPECT_EQ(client("admin-3")->post(path, body).status, 400);
  EXPECT_EQ(client("user-1")->post(path, body, key).status, 403);
  for (const auto& [why, status] : {std::pair{payment_refusal::payment_already_used, 409},
                                    std::pair{payment_refusal::invalid_intent_status, 409},
                                    std::pair{payment_refusal::intent_not_found, 404}}) {
    said->refuses = refuse(why);
    const auto refused = client("admin-3")->post(path, body, key);
    EXPECT_EQ(refused.status, status);
    EXPECT_EQ(refused.code(), to_string(why));
  }
}

TEST_F(payments_door_test, an_operator_finds_intents_and_decides_reviews) {
  const auto found = client("admin-3")->get(
      "/api/admin/payments/intents?status=REVIEW&purpose=DUE_PAYMENT&limit=7&reference=R-1");
  ASSERT_EQ(found.status, 200) << found.body;
  EXPECT_EQ(said->listed.status, intent_status::review);
  EXPECT_EQ(said->listed.purpose, intent_purpose::due_payment);
  EXPECT_EQ(said->listed.reference, "R-1");
  EXPECT_EQ(said->listed.limit, 7);
  EXPECT_EQ(found.at("/data/next_cursor"), "next");
  EXPECT_EQ(found.at("/data/results/0/user_id").as_string(), user_number(1).text());
  EXPECT_EQ(found.at("/data/results/0/order/price"), "50.00");
  EXPECT_EQ(client("admin-3")->get("/api/admin/payments/intents?status=PAID").status, 400);
  const auto path = "/api/admin/payments/intents/" + id() + "/review";
  client("admin-3")->post(path, R"({"decision":"CREDIT","reason":"the rider agreed"})");
  EXPECT_TRUE(said->decided.is_credited);
  EXPECT_EQ(said->decided.reason, "the rider agreed");
}

TEST(payment_required, carries_what_is_to_be_paid_beside_the_error_now_and_when_it_is_told_again) {
  riders_stage stage;
  rider_client asha{stage.port(), "asha"};
  const std::string intent = R"({"intent_id":"018f0000-0000-7000-8000-000000000001","amount":"30.00"})";
  const auto body = R"({"station_sn":"ASAN","package_id":")" + an_hour().id.text() + "\"}";
  const auto start = [&] { return asha.post("/api/rentals/start", body, {{"Idempotency-Key", "k"}}); };
  stage.says.start = [&](const start_rental&) { return refuse(rental_refusal::payment_required, intent); };
  const auto first = start();
  stage.says.start = [&](const start_rental&) {
    return start_answer{{}, 402, R"({"code":"payment_required","context":)" + intent + '}'};
  };
  const auto again = start();
  for (const auto& answer : {first, again}) {
    EXPECT_EQ(answer.status, 402);
    EXPECT_EQ(answer.code(), "payment_required");
    EXPECT_EQ(answer.at("/success"), false);
    EXPECT_EQ(answer.at("/error_code"), "payment_required");
    EXPECT_EQ(answer.at("/data"), boost::json::parse(intent));
    EXPECT_FALSE(answer.at("/error/message").as_string().empty());
  }
  EXPECT_EQ(again.header("idempotency-replayed"), "true");
  EXPECT_EQ(first.header("idempotency-replayed"), "");
}

}  // namespace
}  // namespace chautari::testing
