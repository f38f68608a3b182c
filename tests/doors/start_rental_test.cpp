#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <set>

#include "http/operations/refusals.hpp"
#include "protocols/base/refusal.hpp"
#include "tests/support/rider_client.hpp"
#include "tests/support/riders_stage.hpp"

namespace chautari {
namespace {

using testing::a_rental;
using testing::a_station;
using testing::http_answer;
using testing::rider_client;
using testing::riders_stage;
using testing::silence;
using testing::stage_options;
using problems = std::vector<std::string>;

const station_view asan = a_station("ASAN", "Asan", 27.7172, 85.3240);
const std::string package = testing::an_hour().id.text();
const std::string wish = R"({"station_sn":"ASAN","package_id":")" + package + R"("})";

rider_client::header_list with_key(std::string key) { return {{"Idempotency-Key", std::move(key)}}; }

/// A door where every start succeeds at once.
struct start_rental_test : ::testing::Test {
  riders_stage stage;
  rider_client asha{stage.port(), "asha"};

  start_rental_test() { answer_with(rental_status::active); }

  void answer_with(rental_status status) {
    stage.says.start = [status](const start_rental& asked) {
      auto rental = a_rental(asked.rider, asan);
      rental.status = status;
      if (status == rental_status::pending_popup) rental.started_at = rental.due_at = std::nullopt;
      return start_answer{rental, 0, {}};
    };
  }
  http_answer start(const std::string& body = wish, const std::string& key = "key-1") {
    return asha.post("/api/rentals/start", body, with_key(key));
  }
};

TEST_F(start_rental_test, a_started_rental_is_told_whole) {
  const auto answer = start();
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.header("idempotency-replayed"), "");
  std::set<std::string> fields;
  const auto data = answer.at("/data");
  for (const auto& field : data.as_object())
    fields.insert(std::string{field.key()});
  EXPECT_EQ(fields,
            (std::set<std::string>{"rental_id", "rental_code", "status", "user", "station", "power_bank",
                                   "package", "pricing", "payment", "timing", "discount"}));
  EXPECT_EQ(answer.at("/data/status"), "ACTIVE");
  EXPECT_EQ(answer.at("/data/station/serial_number"), "ASAN");
  EXPECT_EQ(answer.at("/data/power_bank/serial_number"), "1001");
  EXPECT_EQ(answer.at("/data/pricing/actual_price"), "50.00");
  EXPECT_EQ(answer.at("/data/payment/breakdown/points_used"), 320);
  EXPECT_EQ(answer.at("/data/payment/breakdown/wallet_amount"), "18.00");
}

TEST_F(start_rental_test, a_bank_still_on_its_way_is_told_as_pending) {
  answer_with(rental_status::pending_popup);
  const auto answer = start();
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.at("/data/status"), "PENDING_POPUP");
  EXPECT_EQ(answer.at("/data/verification/status"), "PENDING");
  EXPECT_TRUE(answer.at("/data/timing/started_at").is_null());
}

TEST_F(start_rental_test, the_wish_reaches_the_rentals_as_it_was_said) {
  start(R"({"station_sn":"ASAN","package_id":")" + package +
        R"(","powerbank_sn":"4294967294","payment_mode":"wallet_points","wallet_amount":"18.00",)"
        R"("points_to_use":320,"payment_method_id":")" +
        package + R"("})");
  ASSERT_EQ(stage.starts.size(), 1U);
  const auto& asked = stage.starts.front();
  EXPECT_EQ(asked.rider, riders_stage::rider("asha"));
  EXPECT_EQ(asked.station, station_sn{"ASAN"});
  EXPECT_EQ(asked.package, testing::an_hour().id);
  EXPECT_EQ(asked.bank, bank_sn{4'294'967'294U});
  EXPECT_EQ(asked.mode, payment_mode::wallet_points);
  EXPECT_FALSE(asked.payment_method.empty());
  EXPECT_EQ(asked.wallet_amount, money{18'00});
  EXPECT_EQ(asked.points_to_use, 320);
}

TEST_F(start_rental_test, what_is_left_out_has_the_agreed_meaning) {
  start();
  const auto& asked = stage.starts.at(0);
  EXPECT_FALSE(asked.bank.has_value());
  EXPECT_EQ(asked.mode, payment_mode::wallet_points);
  EXPECT_FALSE(!asked.payment_method.empty() || asked.wallet_amount || asked.points_to_use);
}

TEST_F(start_rental_test, a_bank_number_that_is_no_number_is_a_bank_nobody_has) {
  for (const std::string serial : {"B-1", "99999999999", "-1", "1 "}) {
    start(R"({"station_sn":"ASAN","package_id":")" + package + R"(","powerbank_sn":")" + serial + R"("})");
    EXPECT_EQ(stage.starts.back().bank, unreadable_bank_sn) << serial;
  }
}

TEST_F(start_rental_test, rider_and_key_name_the_command_and_the_body_is_told_apart) {
  start(wish, "one");
  start(wish, "one");
  start(R"({"package_id":")" + package + R"(","station_sn":"ASAN"})", "one");
  start(wish, "two");
  rider_client bikash{stage.port(), "bikash"};
  bikash.post("/api/rentals/start", wish, with_key("one"));
  const auto& asked = stage.starts;
  ASSERT_EQ(asked.size(), 5U);
  EXPECT_EQ(asked[0].id, asked[1].id);
  EXPECT_EQ(asked[0].body_hash, asked[1].body_hash);
  EXPECT_EQ(asked[0].id, asked[2].id);
  EXPECT_NE(asked[0].body_hash, asked[2].body_hash);
  EXPECT_FALSE(asked[0].id == asked[3].id);
  EXPECT_FALSE(asked[0].id == asked[4].id);
}

TEST_F(start_rental_test, without_a_key_nothing_starts) {
  const auto missing = asha.post("/api/rentals/start", wish);
  EXPECT_EQ(missing.status, 400);
  EXPECT_EQ(missing.problems(), problems{"Idempotency-Key:required"});
  EXPECT_EQ(start(wish, "not visible").problems(), problems{"Idempotency-Key:malformed"});
  EXPECT_TRUE(stage.starts.empty());
}

TEST_F(start_rental_test, bad_fields_are_listed_together_and_nothing_starts) {
  const std::vector<std::pair<std::string, problems>> wrong{
      {"{}", {"station_sn:required", "package_id:required"}},
      {R"({"station_sn":"","package_id":"x","tip":1})",
       {"station_sn:too_short", "package_id:too_short", "tip:unknown_field"}},
      {R"({"station_sn":7,"package_id":")" + package + R"("})", {"station_sn:wrong_type"}},
      {R"({"station_sn":"A","package_id":")" + package + R"(","payment_mode":"barter"})",
       {"payment_mode:not_a_choice"}},
      {R"({"station_sn":"A","package_id":")" + package + R"(","wallet_amount":18.5,"points_to_use":-1})",
       {"wallet_amount:wrong_type", "points_to_use:out_of_range"}},
      {"[]", {":wrong_type"}},
      {"{", {":malformed"}},
  };
  for (const auto& [body, expected] : wrong) {
    const auto answer = start(body);
    EXPECT_EQ(answer.status, 400) << body;
    EXPECT_EQ(answer.code(), "validation_error") << body;
    EXPECT_EQ(answer.problems(), expected) << body;
  }
  EXPECT_TRUE(stage.starts.empty());
}

TEST_F(start_rental_test, a_repeated_success_is_answered_as_it_was_and_marked) {
  stage.says.start = [](const start_rental&) { return start_answer{{}, 201, R"({"rental_id":"x"})"}; };
  const auto answer = start();
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.header("idempotency-replayed"), "true");
  EXPECT_EQ(answer.at("/data/rental_id"), "x");
}

TEST_F(start_rental_test, a_repeated_failure_is_told_again_in_the_language_of_who_asks) {
  stage.says.start = [](const start_rental&) {
    return start_answer{{}, 409, R"({"code":"ejection_failed","message":"old","context":{"rental_id":"x"}})"};
  };
  const auto text = text_of(rental_refusal::ejection_failed);
  const auto english = start();
  EXPECT_EQ(english.status, 409);
  EXPECT_EQ(english.header("idempotency-replayed"), "true");
  EXPECT_EQ(english.code(), "ejection_failed");
  EXPECT_EQ(english.at("/error/context/rental_id"), "x");
  EXPECT_EQ(english.at("/error/message"), boost::json::value(text.english));
  auto headers = with_key("key-1");
  headers.emplace_back("Accept-Language", "ne-NP, en;q=0.5");
  const auto nepali = asha.post("/api/rentals/start", wish, headers);
  EXPECT_EQ(nepali.at("/error/message"), boost::json::value(text.nepali));
}

TEST_F(start_rental_test, a_stored_failure_nobody_can_read_is_ours) {
  stage.says.start = [](const start_rental&) { return start_answer{{}, 409, "not json"}; };
  EXPECT_EQ(start().code(), "internal_error");
}

TEST(start_rental_deadline, an_actor_that_never_answers_leaves_a_command_to_ask_about) {
  riders_stage stage{stage_options{.deadline = milliseconds{50}}};
  stage.says.start = [](const start_rental&) { return silence{}; };
  rider_client asha{stage.port(), "asha"};
  const auto answer = asha.post("/api/rentals/start", wish, with_key("key-1"));
  EXPECT_EQ(answer.status, 504);
  EXPECT_EQ(answer.code(), "outcome_unknown");
  ASSERT_EQ(stage.starts.size(), 1U);
  EXPECT_EQ(answer.at("/error/context/command_id"), boost::json::value(stage.starts[0].id.text()));
}

TEST(start_rental_rate, a_fourth_start_within_a_minute_must_wait) {
  riders_stage stage{stage_options{.starts_per_minute = riders_door_setup{}.start_limit.burst}};
  stage.says.start = [](const start_rental& asked) {
    return start_answer{a_rental(asked.rider, asan), 0, {}};
  };
  rider_client asha{stage.port(), "asha"};
  for (int n = 0; n < 3; ++n)
    EXPECT_EQ(asha.post("/api/rentals/start", wish, with_key("key")).status, 201);
  const auto refused = asha.post("/api/rentals/start", wish, with_key("key"));
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.code(), "rate_limit_exceeded");
  EXPECT_FALSE(refused.header("retry-after").empty());
  rider_client bikash{stage.port(), "bikash"};
  EXPECT_EQ(bikash.post("/api/rentals/start", wish, with_key("key")).status, 201)
      << "each rider has their own";
}

// ---- every refusal that can come back

struct expected_refusal {
  caf::error why;
  int status;
  std::string code;
  refusal_text text;
};

template <class Enum>
void expect(std::vector<expected_refusal>& all, std::initializer_list<std::pair<Enum, int>> table) {
  std::size_t known = 0;
  for (int number = 1; to_string(static_cast<Enum>(number)) != "unknown"; ++number)
    ++known;
  EXPECT_EQ(table.size(), known) << "a refusal is missing in this table";
  for (const auto& [why, status] : table)
    all.push_back({refuse(why), status, to_string(why), text_of(why)});
}

/// As the tables of the specification have them.
void expect_rentals(std::vector<expected_refusal>& all) {
  using rental = rental_refusal;
  expect<rental>(all, {{rental::rental_not_found, 404},
                       {rental::rental_prerequisites_not_met, 403},
                       {rental::active_rental_exists, 409},
                       {rental::overdue_rental_exists, 409},
                       {rental::unpaid_rental_exists, 409},
                       {rental::package_not_found, 404},
                       {rental::invalid_package_payment_model, 409},
                       {rental::payment_mode_not_supported, 400},
                       {rental::invalid_payment_mode, 400},
                       {rental::invalid_wallet_points_split, 400},
                       {rental::split_total_mismatch, 400},
                       {rental::insufficient_balance, 402},
                       {rental::payment_method_required, 402},
                       {rental::payment_required, 402},
                       {rental::ejection_failed, 409},
                       {rental::idempotency_key_reused, 409},
                       {rental::request_in_progress, 409},
                       {rental::invalid_rental_status, 409},
                       {rental::too_many_rentals, 503},
                       {rental::rental_overdue, 409},
                       {rental::max_extensions_reached, 409},
                       {rental::insufficient_postpaid_balance, 402},
                       {rental::invalid_payment_method, 404},
                       {rental::payment_amount_mismatch, 409},
                       {rental::rental_not_started, 409},
                       {rental::dues_already_paid, 409},
                       {rental::no_due_amount, 409},
                       {rental::ejection_in_progress, 409},
                       {rental::powerbank_not_returned, 409},
                       {rental::swap_window_expired, 409},
                       {rental::swap_limit_exceeded, 409},
                       {rental::swap_already_pending, 409},
                       {rental::rental_already_completed, 409},
                       {rental::location_too_often, 429},
                       {rental::rental_issue_not_found, 404},
                       {rental::invalid_status, 400}});
}

std::vector<expected_refusal> all_refusals() {
  std::vector<expected_refusal> all;
  expect_rentals(all);
  using station = station_refusal;
  expect<station>(all, {{station::station_not_found, 404},
                        {station::station_offline, 503},
                        {station::station_maintenance, 409},
                        {station::station_closed, 409},
                        {station::device_unreachable, 503},
                        {station::station_busy, 503},
                        {station::no_power_bank_available, 409},
                        {station::powerbank_not_found, 404},
                        {station::powerbank_station_mismatch, 409},
                        {station::requested_powerbank_unavailable, 409},
                        {station::station_already_exists, 409},
                        {station::station_has_active_rentals, 409},
                        {station::invalid_powerbank_assignment, 409},
                        {station::slot_not_found, 404},
                        {station::invalid_status_change, 409},
                        {station::amenity_not_found, 404},
                        {station::amenity_already_exists, 409},
                        {station::amenity_in_use, 409},
                        {station::too_many_amenities, 409},
                        {station::issue_not_found, 404},
                        {station::duplicate_issue_report, 409},
                        {station::assignee_not_found, 404}});
  using account = account_refusal;
  expect<account>(all, {{account::account_not_found, 401},
                        {account::account_banned, 403},
                        {account::account_deactivated, 403},
                        {account::too_many_favourites, 422},
                        {account::amount_out_of_range, 400},
                        {account::already_credited, 409},
                        {account::account_busy, 503}});
  using payment = payment_refusal;
  expect<payment>(all, {{payment::intent_not_found, 404},
                        {payment::invalid_intent_status, 409},
                        {payment::invalid_payment_method, 404},
                        {payment::amount_too_low, 400},
                        {payment::amount_too_high, 400},
                        {payment::payment_already_used, 409},
                        {payment::too_many_intents, 429},
                        {payment::idempotency_key_reused, 409}});
  using journal = journal_refusal;
  expect<journal>(all, {{journal::unavailable, 503}, {journal::overloaded, 503}, {journal::conflict, 500}});
  using reader = reader_refusal;
  expect<reader>(all, {{reader::unavailable, 503}, {reader::overloaded, 503}, {reader::not_found, 404}});
  return all;
}

/// What the world is told of our own parts: that it did not work, not which.
std::string public_code(const expected_refusal& refusal) {
  const bool is_ours = reason_of<journal_refusal>(refusal.why) || reason_of<reader_refusal>(refusal.why);
  if (!is_ours) return refusal.code;
  return refusal.status == 503   ? "service_unavailable"
         : refusal.status == 404 ? "not_found"
                                 : "internal_error";
}

TEST_F(start_rental_test, every_refusal_has_its_status_code_and_sentence_in_both_languages) {
  for (const auto& refusal : all_refusals()) {
    stage.says.start = [&refusal](const start_rental&) { return refusal.why; };
    const auto english = start();
    EXPECT_EQ(english.status, refusal.status) << refusal.code;
    EXPECT_EQ(english.code(), public_code(refusal));
    EXPECT_EQ(english.at("/error/message"), boost::json::value(refusal.text.english)) << refusal.code;
    EXPECT_EQ(english.header("retry-after").empty(), refusal.text.retry_after_seconds == 0) << refusal.code;
    EXPECT_TRUE(refusal.status != 503 || !english.header("retry-after").empty()) << refusal.code;
    auto headers = with_key("key-1");
    headers.emplace_back("Accept-Language", "ne");
    const auto nepali = asha.post("/api/rentals/start", wish, headers);
    EXPECT_EQ(nepali.status, refusal.status) << refusal.code;
    EXPECT_EQ(nepali.at("/error/message"), boost::json::value(refusal.text.nepali)) << refusal.code;
    EXPECT_NE(refusal.text.english, refusal.text.nepali) << refusal.code;
  }
}

TEST_F(start_rental_test, the_facts_behind_a_refusal_travel_with_it) {
  stage.says.start = [](const start_rental&) {
    return refuse(rental_refusal::insufficient_balance, R"({"required":"50.00","available":"10.00"})");
  };
  const auto answer = start();
  EXPECT_EQ(answer.status, 402);
  EXPECT_EQ(answer.at("/error/context/required"), "50.00");
}

TEST_F(start_rental_test, an_error_nobody_knows_tells_nothing_of_the_inside) {
  stage.says.start = [](const start_rental&) {
    return caf::make_error(caf::sec::request_receiver_down, std::string{"secret"});
  };
  const auto answer = start();
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.code(), "internal_error");
  EXPECT_EQ(answer.body.find("secret"), std::string::npos);
}

}  // namespace
}  // namespace chautari
