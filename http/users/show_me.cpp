#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "http/server/desk.hpp"
#include "http/users/users_door.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

boost::json::object eligibility_of(const account_facts& facts) {
  boost::json::array reasons;
  if (facts.user.status != user_status::active) reasons.emplace_back("account_inactive");
  if (!facts.open_rental.is_nil())
    reasons.emplace_back(facts.open_status == rental_status::overdue ? "overdue_rental_exists"
                                                                     : "active_rental_exists");
  if (!facts.unpaid_rental.is_nil()) reasons.emplace_back("unpaid_rental_exists");
  const bool can_rent = reasons.empty();
  return {{"can_rent", can_rent}, {"reasons", std::move(reasons)}};
}

/// Profile and KYC are not kept yet: their fields are there, empty, so that clients need not change later.
std::string me_json(const account_facts& facts) {
  const auto& user = facts.user;
  const boost::json::value none;
  return boost::json::serialize(boost::json::object{{"id", user.id.text()},
                                                    {"username", user.username},
                                                    {"email", text_or_null(user.email)},
                                                    {"phone_number", text_or_null(user.phone)},
                                                    {"profile_picture", none},
                                                    {"referral_code", user.referral_code},
                                                    {"status", to_string(user.status)},
                                                    {"social_provider", none},
                                                    {"date_joined", to_rfc3339(user.created_at)},
                                                    {"profile",
                                                     {{"full_name", none},
                                                      {"date_of_birth", none},
                                                      {"address", none},
                                                      {"avatar_url", none},
                                                      {"completed", false}}},
                                                    {"kyc",
                                                     {{"status", "NOT_SUBMITTED"},
                                                      {"verified", false},
                                                      {"document_type", none},
                                                      {"document_number", none},
                                                      {"verified_at", none},
                                                      {"rejection_reason", none}}},
                                                    {"wallet",
                                                     {{"balance", to_text(facts.cash + facts.goodwill)},
                                                      {"total_topup", to_text(facts.total_topup)},
                                                      {"currency", "NPR"}}},
                                                    {"points",
                                                     {{"current", facts.current_points},
                                                      {"total_earned", facts.total_points_earned},
                                                      {"value", to_text(value_of(facts.current_points))}}},
                                                    {"rental_eligibility", eligibility_of(facts)}});
}

/// One reading shows address, money and rental of one moment; accounts in memory know no address.
void handle(exchange& in, const users_door& door) {
  in.ask<account_facts>(
      door.reader, load_account{in.user(), in.now()},
      [](exchange& out, const account_facts& facts) { out.answer(me_json(facts)); },
      [](exchange& out, const caf::error& why) {
        // A token whose user is gone is no token.
        if (reason_of<reader_refusal>(why) == reader_refusal::not_found)
          return out.fail(401, "unauthenticated");
        answer_identity_refusal(out, why);
      });
}

}  // namespace

endpoint show_me_row(const users_door& door) {
  return {.path = "/api/auth/me",
          .who = access::user_access,
          .summary = "The caller: addresses, wallet, points, and whether a rental can be started",
          .handle = [&door](exchange& in) { handle(in, door); }};
}

}  // namespace chautari
