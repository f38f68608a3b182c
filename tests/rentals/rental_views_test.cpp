#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "protocols/rentals/answers.hpp"
#include "protocols/rentals/views.hpp"

namespace chautari {
namespace {

const timestamp noon = *parse_rfc3339("2026-01-01T12:00:00Z");

rental_image active_rental() {
  rental_image rental;
  rental.id = rental_id{boost::uuids::uuid{{1}}};
  rental.code = "AB12CD34";
  rental.rider_name = "sita";
  rental.station_serial = {"ST-1"};
  rental.station_name = "Patan";
  rental.bank_serial = {40000001};
  rental.start_battery = 91;
  rental.package.name = "1 hour";
  rental.package.duration_minutes = 60;
  rental.package.price = rental.price = {50'00};
  rental.late_fee.grace_minutes = 2;
  rental.paid = {{30'00}, {}, 200};
  rental.status = rental_status::active;
  rental.created_at = noon - seconds{4};
  rental.started_at = noon;
  rental.due_at = noon + minutes{60};
  return rental;
}

boost::json::object read(const std::string& text) { return boost::json::parse(text).as_object(); }

TEST(start_answer, says_what_was_paid_and_until_when) {
  const auto answer = read(start_answer_json(active_rental()));
  EXPECT_EQ(answer.at("status"), "ACTIVE");
  EXPECT_EQ(answer.at("user").at("username"), "sita");
  EXPECT_EQ(answer.at("power_bank").at("serial_number"), "40000001");
  EXPECT_EQ(answer.at("pricing").at("amount_paid"), "50.00");
  EXPECT_EQ(answer.at("payment").at("breakdown").at("wallet_amount"), "30.00");
  EXPECT_EQ(answer.at("payment").at("breakdown").at("points_used"), 200);
  EXPECT_EQ(answer.at("payment").at("breakdown").at("points_amount"), "20.00");
  EXPECT_EQ(answer.at("timing").at("due_at"), "2026-01-01T13:00:00.000Z");
  EXPECT_FALSE(answer.contains("verification"));
}

TEST(start_answer, of_a_postpaid_rental_shows_the_hold_and_what_its_whole_time_costs) {
  rental_image rental = active_rental();
  rental.package.model = payment_model::postpaid;
  rental.price = {};
  rental.paid = {{50'00}, {}, 0};
  rental.life.held = {50'00};
  rental.life.discount = discount_id{boost::uuids::uuid{{5}}};
  rental.life.discount_hundredths = 1250;
  rental.payment = transaction_id{boost::uuids::uuid{{6}}};
  const auto answer = read(start_answer_json(rental));
  EXPECT_EQ(answer.at("pricing").at("original_price"), "50.00");
  EXPECT_EQ(answer.at("pricing").at("actual_price"), "43.75");
  EXPECT_EQ(answer.at("pricing").at("amount_paid"), "0.00");
  EXPECT_EQ(answer.at("payment").at("held"), "50.00");
  EXPECT_EQ(answer.at("payment").at("pending_transaction_id").as_string(), rental.payment.text());
  EXPECT_EQ(answer.at("payment").at("breakdown").at("wallet_amount"), "0.00");
  EXPECT_EQ(answer.at("discount").at("discount_amount"), "6.25");
}

TEST(calculated_due, says_what_it_would_cost_now_and_stands_still_while_a_return_is_claimed) {
  rental_image rental = active_rental();
  rental.life.extensions_charged = rental.life.paid_later = {150'00};
  rental.life.extended_minutes = 240;
  rental.due_at = noon + minutes{300};
  auto due = read(calculated_due_json(rental, noon + minutes{300 + 45}));
  EXPECT_EQ(due.at("base"), "50.00");
  EXPECT_EQ(due.at("extensions"), "150.00");
  EXPECT_EQ(due.at("late_fee"), "71.67");
  EXPECT_EQ(due.at("paid"), "200.00");
  EXPECT_EQ(due.at("due"), "71.67");
  rental.life.claim.emplace().claimed_at = noon + minutes{301};
  due = read(calculated_due_json(rental, noon + minutes{300 + 45}));
  EXPECT_EQ(due.at("due"), "0.00");
  EXPECT_EQ(due.at("as_of").as_string(), to_rfc3339(noon + minutes{301}));
}

TEST(start_answer, explains_a_wait) {
  rental_image rental = active_rental();
  rental.status = rental_status::pending_popup;
  rental.started_at.reset();
  rental.due_at.reset();
  const auto answer = read(start_answer_json(rental));
  EXPECT_EQ(answer.at("verification").at("status"), "PENDING");
  EXPECT_TRUE(answer.at("timing").at("started_at").is_null());
}

TEST(detail, computes_what_time_alone_changes) {
  const auto rental = active_rental();
  auto detail = read(rental_detail_json(rental, noon + minutes{20}));
  EXPECT_EQ(detail.at("time_remaining"), 40);
  EXPECT_EQ(detail.at("duration_used"), 20);
  EXPECT_EQ(detail.at("is_overdue"), false);
  EXPECT_EQ(detail.at("current_overdue_amount"), "0.00");
  EXPECT_EQ(detail.at("formatted_time_remaining"), "40 minutes");
  EXPECT_TRUE(detail.at("ended_at").is_null());
  detail = read(rental_detail_json(rental, noon + minutes{105}));
  EXPECT_EQ(detail.at("is_overdue"), true);
  EXPECT_EQ(detail.at("minutes_overdue"), 45);
  EXPECT_EQ(detail.at("current_overdue_amount"), "71.67");
  EXPECT_EQ(detail.at("estimated_total_cost"), "121.67");
  EXPECT_EQ(detail.at("formatted_minutes_overdue"), "45 minutes");
}

TEST(detail, of_a_closed_rental_stands_still) {
  rental_image rental = active_rental();
  rental.status = rental_status::completed;
  rental.closure = closure_reason::returned;
  rental.ended_at = noon + minutes{105};
  rental.late_fee_charged = {71'67};
  rental.due = {21'67};
  const auto early = rental_detail_json(rental, noon + hours{3});
  EXPECT_EQ(early, rental_detail_json(rental, noon + hours{300}));
  const auto detail = read(early);
  EXPECT_EQ(detail.at("payment_status"), "PENDING");
  EXPECT_EQ(detail.at("amount_paid"), "100.00");
  EXPECT_EQ(detail.at("due"), "21.67");
  EXPECT_EQ(detail.at("closure_reason"), "RETURNED");
}

TEST(payment_status, follows_from_the_books) {
  rental_image rental = active_rental();
  EXPECT_EQ(payment_status_of(rental), "PAID");
  rental.status = rental_status::cancelled;
  EXPECT_EQ(payment_status_of(rental), "REFUNDED");
  rental.status = rental_status::completed;
  rental.due = {1};
  EXPECT_EQ(payment_status_of(rental), "PENDING");
}

}  // namespace
}  // namespace chautari
