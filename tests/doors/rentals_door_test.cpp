#include <gtest/gtest.h>

#include <set>

#include "protocols/base/refusal.hpp"
#include "tests/support/rider_client.hpp"
#include "tests/support/riders_stage.hpp"

namespace chautari {
namespace {

using testing::a_rental;
using testing::a_station;
using testing::a_wallet;
using testing::id_named;
using testing::rider_client;
using testing::riders_stage;
using testing::sample_time;
using testing::stage_options;
using problems = std::vector<std::string>;

const station_view asan = a_station("ASAN", "Asan", 27.7172, 85.3240);

std::set<std::string> keys_of(const boost::json::value& object) {
  std::set<std::string> keys;
  for (const auto& field : object.as_object())
    keys.insert(std::string{field.key()});
  return keys;
}

struct rentals_door_test : ::testing::Test {
  riders_stage stage;
  rider_client asha{stage.port(), "asha"};
  user_id rider = riders_stage::rider("asha");
  rental_image rental = a_rental(rider, asan);
};

TEST_F(rentals_door_test, nobody_out_with_a_bank_has_no_active_rental) {
  stage.says.open_rental = [](const find_open_rental&) { return open_rental_answer{}; };
  const auto answer = asha.get("/api/rentals/active");
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.at("/data").is_null());
}

TEST_F(rentals_door_test, the_active_rental_is_shown_in_detail_as_of_now) {
  stage.announce(asan);
  stage.says.open_rental = [this](const find_open_rental& asked) {
    EXPECT_EQ(asked.rider, rider);
    return open_rental_answer{rental};
  };
  const auto answer = asha.get("/api/rentals/active");
  EXPECT_EQ(answer.status, 200);
  const auto fields = keys_of(answer.at("/data"));
  for (const auto* field : {"id",
                            "rental_code",
                            "status",
                            "payment_status",
                            "started_at",
                            "ended_at",
                            "due_at",
                            "created_at",
                            "updated_at",
                            "amount_paid",
                            "overdue_amount",
                            "current_overdue_amount",
                            "estimated_total_cost",
                            "minutes_overdue",
                            "station_name",
                            "station_location",
                            "return_station_name",
                            "return_station_location",
                            "package_name",
                            "power_bank_serial",
                            "duration_used",
                            "time_remaining",
                            "is_overdue",
                            "is_returned_on_time",
                            "timely_return_bonus_awarded"})
    EXPECT_TRUE(fields.contains(field)) << field;
  EXPECT_EQ(answer.at("/data/station_location"), "Durbar Marg");
  EXPECT_EQ(answer.at("/data/started_at"), boost::json::value(to_rfc3339(*rental.started_at)));
  EXPECT_TRUE(answer.at("/data/ended_at").is_null());
  EXPECT_TRUE(answer.at("/data/closure_reason").is_null());
  EXPECT_EQ(answer.at("/data/start_battery_level"), 90);
  EXPECT_EQ(answer.at("/data/time_remaining"), 55);
  EXPECT_EQ(answer.at("/data/is_overdue"), false);
  stage.wind(minutes{60});
  const auto later = asha.get("/api/rentals/active");
  EXPECT_EQ(later.at("/data/is_overdue"), true) << "computed, not stored";
  EXPECT_EQ(later.at("/data/minutes_overdue"), 5);
}

TEST_F(rentals_door_test, a_rental_is_found_alive_then_stored_then_not_at_all) {
  stage.says.live_rental = [this](const look_at_rental&) { return rental; };
  const auto target = "/api/rentals/" + rental.id.text();
  EXPECT_EQ(asha.get(target).at("/data/status"), "ACTIVE");

  stage.says.live_rental = [](const look_at_rental&) { return refuse(rental_refusal::rental_not_found); };
  rental.status = rental_status::completed;
  rental.closure = closure_reason::returned;
  stage.says.stored_rental = [this](const load_rental& asked) {
    EXPECT_EQ(asked.rider, rider) << "never another rider's";
    return rental_lookup{rental};
  };
  const auto closed = asha.get(target);
  EXPECT_EQ(closed.at("/data/status"), "COMPLETED");
  EXPECT_EQ(closed.at("/data/closure_reason"), "RETURNED");

  stage.says.stored_rental = [](const load_rental&) { return rental_lookup{}; };
  const auto gone = asha.get(target);
  EXPECT_EQ(gone.status, 404);
  EXPECT_EQ(gone.code(), "rental_not_found");
}

TEST_F(rentals_door_test, another_riders_rental_does_not_exist) {
  stage.says.live_rental =
      [this](const look_at_rental& asked) -> std::variant<rental_image, caf::error, testing::silence> {
    if (asked.rider == rider) return rental;
    return refuse(rental_refusal::rental_not_found);
  };
  stage.says.stored_rental = [this](const load_rental& asked) {
    return asked.rider == rider ? rental_lookup{rental} : rental_lookup{};
  };
  rider_client bikash{stage.port(), "bikash"};
  const auto target = "/api/rentals/" + rental.id.text();
  EXPECT_EQ(asha.get(target).status, 200);
  const auto foreign = bikash.get(target);
  EXPECT_EQ(foreign.status, 404);
  EXPECT_EQ(foreign.code(), "rental_not_found");
  EXPECT_EQ(foreign.body.find(rental.code), std::string::npos);
}

TEST_F(rentals_door_test, an_id_that_is_none_is_not_found) {
  EXPECT_EQ(asha.get("/api/rentals/not-an-id").code(), "rental_not_found");
}

TEST_F(rentals_door_test, a_database_that_is_away_is_said_to_be_so) {
  stage.says.live_rental = [](const look_at_rental&) { return refuse(rental_refusal::rental_not_found); };
  stage.says.stored_rental = [](const load_rental&) { return caf::make_error(reader_refusal::unavailable); };
  const auto answer = asha.get("/api/rentals/" + rental.id.text());
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.code(), "service_unavailable");
  EXPECT_FALSE(answer.header("retry-after").empty());
}

TEST_F(rentals_door_test, history_goes_on_from_its_cursor) {
  list_rentals asked;
  stage.says.history = [&](const list_rentals& question) {
    asked = question;
    return rental_page{{rental, rental}, "next-1", -1};
  };
  const auto first = asha.get("/api/rentals/history?limit=2");
  EXPECT_EQ(first.at("/data/results").as_array().size(), 2U);
  EXPECT_EQ(first.at("/data/next_cursor"), "next-1");
  EXPECT_FALSE(keys_of(first.at("/data")).contains("pagination"));
  EXPECT_EQ(asked.rider, rider);
  EXPECT_EQ(asked.limit, 2);
  EXPECT_EQ(asked.page, 0);
  stage.says.history = [&](const list_rentals& question) {
    asked = question;
    return rental_page{};
  };
  const auto last = asha.get("/api/rentals/history?limit=2&cursor=next-1");
  EXPECT_EQ(asked.cursor, "next-1");
  EXPECT_TRUE(last.at("/data/next_cursor").is_null());
}

TEST_F(rentals_door_test, old_clients_turn_pages_by_number) {
  stage.says.history = [this](const list_rentals& question) {
    EXPECT_EQ(question.page, 2);
    EXPECT_EQ(question.limit, 2);
    return rental_page{{rental, rental}, "", 5};
  };
  const auto answer = asha.get("/api/rentals/history?page=2&page_size=2");
  EXPECT_EQ(answer.at("/data/pagination/current_page"), 2);
  EXPECT_EQ(answer.at("/data/pagination/total_pages"), 3);
  EXPECT_EQ(answer.at("/data/pagination/total_count"), 5);
  EXPECT_EQ(answer.at("/data/pagination/has_next"), true);
  EXPECT_EQ(answer.at("/data/pagination/next_page"), 3);
  EXPECT_EQ(answer.at("/data/pagination/previous_page"), 1);
}

TEST_F(rentals_door_test, history_asks_for_what_the_rider_asked_for) {
  list_rentals asked;
  stage.says.history = [&](const list_rentals& question) {
    asked = question;
    return rental_page{};
  };
  const auto answer = asha.get(
      "/api/rentals/"
      "history?status=COMPLETED&payment_status=PAID&start_date=2026-01-01&end_date=2026-01-02&station_id=" +
      asan.facts.id.text());
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(asked.status, rental_status::completed);
  EXPECT_EQ(asked.payment_status, "PAID");
  EXPECT_EQ(asked.station, asan.facts.id);
  EXPECT_EQ(asked.from, parse_rfc3339("2026-01-01T00:00:00+05:45"));
  EXPECT_EQ(asked.until, parse_rfc3339("2026-01-03T00:00:00+05:45")) << "the last day is meant whole";
}

TEST_F(rentals_door_test, questions_about_history_are_checked) {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"status=LOST", "status:not_a_choice"},
      {"payment_status=MAYBE", "payment_status:not_a_choice"},
      {"limit=0", "limit:out_of_range"},
      {"limit=101", "limit:out_of_range"},
      {"page=0", "page:out_of_range"},
      {"page=1&cursor=x", "page:conflict"},
      {"start_date=2026-13-01", "start_date:malformed"},
      {"start_date=2026-01-02&end_date=2025-12-31", "end_date:out_of_range"},
      {"station_id=ASAN", "station_id:too_short"},
      {"cursor=", "cursor:too_short"}};
  for (const auto& [query, problem] : wrong) {
    const auto answer = asha.get("/api/rentals/history?" + query);
    EXPECT_EQ(answer.status, 400) << query;
    EXPECT_EQ(answer.problems(), problems{problem}) << query;
    EXPECT_EQ(answer.body.find(R"("message":"")"), std::string::npos) << query;
  }
}

TEST_F(rentals_door_test, the_wallet_shows_what_can_be_spent_and_the_latest_movements) {
  stage.says.wallet = [](const look_at_wallet& asked) { return a_wallet(asked.rider); };
  list_transactions asked;
  stage.says.transactions = [&](const list_transactions& question) {
    asked = question;
    transaction_row row;
    row.image.id = id_named<transaction_id>("t");
    row.image.code = "TXN1";
    row.image.rider = question.rider;
    row.image.amount = {50'00};
    row.rental_code = "AB12CD34";
    return transaction_page{{row}, "", -1};
  };
  const auto answer = asha.get("/api/payments/wallet/balance");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.at("/data/balance"), "300.00");
  EXPECT_EQ(answer.at("/data/points/current"), 325);
  EXPECT_EQ(answer.at("/data/recent_transactions/0/transaction_id"), "TXN1");
  EXPECT_EQ(answer.at("/data/recent_transactions/0/rental_code"), "AB12CD34");
  EXPECT_EQ(asked.rider, rider);
  EXPECT_EQ(asked.limit, 5);
  EXPECT_EQ(asha.get("/api/wallet/balance").body, answer.body);
}

TEST_F(rentals_door_test, the_wallet_asks_for_movements_again_only_after_something_has_moved) {
  auto wallet = a_wallet(rider);
  bool is_reader_away = false;
  int questions = 0;
  stage.says.wallet = [&](const look_at_wallet& asked) {
    wallet.rider = asked.rider;
    return wallet;
  };
  stage.says.transactions =
      [&](const list_transactions&) -> std::variant<transaction_page, caf::error, testing::silence> {
    if (is_reader_away) return caf::make_error(reader_refusal::unavailable);
    transaction_row row;
    row.image.code = "TXN" + std::to_string(++questions);
    return transaction_page{{row}, "", -1};
  };
  const auto newest = [](rider_client& who) {
    return who.get("/api/payments/wallet/balance").at("/data/recent_transactions/0/transaction_id");
  };
  EXPECT_EQ(newest(asha), "TXN1");
  wallet.cash = {10'00};
  wallet.held = {240'00};  // A hold moves nothing yet.
  const auto again = asha.get("/api/payments/wallet/balance");
  EXPECT_EQ(again.at("/data/recent_transactions/0/transaction_id"), "TXN1");
  EXPECT_EQ(again.at("/data/balance"), "60.00") << "the balance is never a remembered one";
  EXPECT_EQ(questions, 1);
  rider_client bina{stage.port(), "bina"};
  EXPECT_EQ(newest(bina), "TXN2") << "nobody is shown another one's movements";
  EXPECT_EQ(newest(asha), "TXN1");
  ++wallet.revision;
  is_reader_away = true;
  EXPECT_EQ(asha.get("/api/payments/wallet/balance").status, 503) << "an old list is no answer";
  is_reader_away = false;
  EXPECT_EQ(newest(asha), "TXN3");
  EXPECT_EQ(newest(asha), "TXN3");
}

TEST_F(rentals_door_test, transactions_are_filtered_and_checked_like_history) {
  list_transactions asked;
  stage.says.transactions = [&](const list_transactions& question) {
    asked = question;
    return transaction_page{{}, "more", -1};
  };
  const auto answer = asha.get(
      "/api/payments/transactions?transaction_type=RENTAL_DUE&status=SUCCESS&limit=3&start_date=2026-01-01");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.at("/data/next_cursor"), "more");
  EXPECT_EQ(asked.kind, transaction_kind::rental_due);
  EXPECT_EQ(asked.status, transaction_status::success);
  EXPECT_EQ(asked.limit, 3);
  EXPECT_EQ(asked.rider, rider);
  EXPECT_EQ(asha.get("/api/transactions?limit=3").status, 200);
  EXPECT_EQ(asha.get("/api/transactions?transaction_type=GIFT").problems(),
            problems{"transaction_type:not_a_choice"});
  EXPECT_EQ(asha.get("/api/transactions?status=ODD&limit=x").problems(),
            (problems{"limit:malformed", "status:not_a_choice"}));
}

TEST_F(rentals_door_test, packages_are_for_everybody_and_discounts_for_a_station) {
  stage.announce(asan);
  rider_client anybody{stage.port()};
  const auto all = anybody.get("/api/payments/packages");
  EXPECT_EQ(all.at("/data/count"), 2);
  EXPECT_EQ(anybody.get("/api/packages").body, all.body);
  EXPECT_EQ(anybody.get("/api/packages", {{"If-None-Match", all.header("etag")}}).status, 304);

  const auto plain = anybody.get("/api/rentals/packages");
  EXPECT_EQ(plain.at("/data/results/0/price"), "50.00");
  EXPECT_FALSE(keys_of(plain.at("/data/results/0")).contains("has_discount"));
  const auto here = anybody.get("/api/rentals/packages?station_sn=ASAN&page=2&page_size=1");
  EXPECT_EQ(here.at("/data/results/0/name"), "1 day");
  EXPECT_EQ(here.at("/data/results/0/has_discount"), false);
  EXPECT_EQ(here.at("/data/results/0/discounted_price"), "300.00");
  EXPECT_EQ(here.at("/data/pagination/has_previous"), true);
  EXPECT_EQ(anybody.get("/api/rentals/packages?station_sn=NEVER").code(), "station_not_found");
  EXPECT_EQ(anybody.get("/api/rentals/packages?page_size=101").problems(),
            problems{"page_size:out_of_range"});
}

TEST(demo_credit, money_from_nowhere_exists_only_where_it_is_allowed) {
  const rider_client::header_list key{{"Idempotency-Key", "k"}};
  riders_stage real;
  EXPECT_EQ(rider_client(real.port(), "asha")
                .post("/api/payments/wallet/demo-credit", R"({"amount":"100.00"})", key)
                .status,
            404);

  riders_stage demo{stage_options{.has_demo_credit = true}};
  credit_wallet asked;
  demo.says.credit = [&](const credit_wallet& wish) {
    asked = wish;
    return wallet_credited{a_wallet(wish.rider), 0, {}};
  };
  rider_client asha{demo.port(), "asha"};
  const auto answer = asha.post("/api/payments/wallet/demo-credit", R"({"amount":"100.00"})", key);
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.at("/data/balance"), "300.00");
  EXPECT_EQ(asked.amount, money{100'00});
  EXPECT_EQ(asked.rider, riders_stage::rider("asha"));
  EXPECT_EQ(asked.provider_ref, asked.id.text());
  const auto first_hash = asked.body_hash;
  asha.post("/api/payments/wallet/demo-credit", R"({"amount":"100.01"})", key);
  EXPECT_NE(asked.body_hash, first_hash);
  demo.says.credit = [](const credit_wallet&) { return wallet_credited{{}, 201, R"({"balance":"777.00"})"}; };
  const auto again = asha.post("/api/payments/wallet/demo-credit", R"({"amount":"100.00"})", key);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.header("idempotency-replayed"), "true");
  EXPECT_EQ(again.at("/data/balance"), "777.00");
  demo.says.credit = [](const credit_wallet&) { return refuse(rental_refusal::idempotency_key_reused); };
  const auto reused = asha.post("/api/payments/wallet/demo-credit", R"({"amount":"200.00"})", key);
  EXPECT_EQ(reused.status, 409);
  EXPECT_EQ(reused.code(), "idempotency_key_reused");
  for (const std::string amount : {"9.99", "50000.01", "-1.00", "1e3"}) {
    const auto refused =
        asha.post("/api/payments/wallet/demo-credit", R"({"amount":")" + amount + R"("})", key);
    EXPECT_EQ(refused.code(), "validation_error") << amount;
  }
}

}  // namespace
}  // namespace chautari
