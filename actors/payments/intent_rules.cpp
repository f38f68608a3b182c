#include "actors/payments/intent_rules.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "protocols/actors.hpp"
#include "protocols/base/id_source.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

caf::error wrong_status(const payment_intent& intent) {
  return refuse(payment_refusal::invalid_intent_status,
                boost::json::serialize(boost::json::object{{"status", to_string(intent.status)}}));
}

payment_intent without_order(payment_intent intent, const char* code) {
  if (intent.order_state == order_status::none) return intent;
  intent.order_state = order_status::failed;
  intent.order_code = code;
  return intent;
}

payment_wish resumed(payment_wish wish, const payment_options& options) {
  const bool is_direct = wish.mode == payment_mode::direct;
  if (options.points_shortfall > 0) wish = {};  // Points cannot be bought.
  if (is_direct) wish.mode = payment_mode::wallet;
  wish.payment_method.clear();
  return wish;
}

template <class Enum>
std::optional<std::string> word_if(const caf::error& why) {
  const auto reason = reason_of<Enum>(why);
  return reason ? std::optional{to_string(*reason)} : std::nullopt;
}

}  // namespace

intent_id intent_of(command_id opened_by) { return intent_id{make_named_uuid(opened_by.value, "intent")}; }

payment_intent begin_intent(const intent_opening& opening, const payment_gateway& gateway) {
  payment_intent intent;
  intent.id = intent_of(opening.opened_by);
  intent.rider = opening.rider;
  intent.purpose = opening.purpose;
  intent.amount = opening.amount;
  intent.method = gateway.id;
  intent.provider = gateway.provider;
  intent.opened_by = opening.opened_by;
  intent.body_hash = opening.body_hash;
  intent.created_at = opening.now;
  intent.expires_at = opening.now + limits::intent_life;
  return intent;
}

std::optional<caf::error> refuse_amount(money amount, const payment_gateway& gateway) {
  const auto told = [](const char* name, money bound) {
    return boost::json::serialize(boost::json::object{{name, to_text(bound)}});
  };
  if (amount < gateway.least)
    return refuse(payment_refusal::amount_too_low, told("min_amount", gateway.least));
  if (amount > gateway.most)
    return refuse(payment_refusal::amount_too_high, told("max_amount", gateway.most));
  return {};
}

caf::expected<order_funding> fund_order(const open_order& wish, const payment_means& means,
                                        const payment_gateway& gateway) {
  payment_wish counted = wish.order.pay;
  if (wish.is_postpaid_hold) counted = {payment_mode::wallet, {}, {}, {}};
  const auto options = payment_options_of(means, counted, wish.order.price);
  if (const auto* why = std::get_if<rental_refusal>(&options)) return refuse(*why);
  order_funding funding{std::get<payment_options>(options), {}, {}};
  funding.amount = std::max(funding.options.shortfall, gateway.least);
  funding.resume = resumed(wish.order.pay, funding.options);
  if (auto why = refuse_amount(funding.amount, gateway)) return *why;
  return funding;
}

caf::expected<payment_intent> cancel(payment_intent intent) {
  if (intent.status == intent_status::cancelled) return intent;
  if (!is_open(intent.status)) return wrong_status(intent);
  intent.status = intent_status::cancelled;
  ++intent.version;
  return without_order(std::move(intent), "payment_cancelled");
}

payment_intent expire(payment_intent intent) {
  intent.status = intent_status::expired;
  ++intent.version;
  return without_order(std::move(intent), "payment_expired");
}

payment_intent paid(payment_intent intent, const confirm_payment& wish, timestamp now) {
  const bool is_awaited = is_open(intent.status) && now < intent.expires_at;
  ++intent.version;
  intent.provider_ref = wish.reference;
  intent.paid = wish.amount;
  intent.confirmed_by = wish.id;
  intent.confirm_hash = wish.body_hash;
  intent.completed_at = now;
  intent.is_late = !is_awaited;
  if (wish.amount != intent.amount) {
    intent.status = intent_status::review;
    intent.failure_code = "amount_differs";
    return without_order(std::move(intent), "payment_in_review");
  }
  intent.status = intent_status::completed;
  intent.failure_code.clear();
  return is_awaited ? intent : without_order(std::move(intent), "payment_late");
}

caf::expected<intent_answer> paid_again(const payment_intent& intent, const confirm_payment& wish) {
  const bool is_same_command = intent.confirmed_by == wish.id;
  if (is_same_command && intent.confirm_hash != wish.body_hash)
    return refuse(payment_refusal::idempotency_key_reused);
  if (is_same_command || (intent.provider_ref == wish.reference && intent.paid == wish.amount))
    return intent_answer{intent, is_same_command};
  return wrong_status(intent);
}

caf::expected<payment_intent> decided(payment_intent intent, bool is_credited, timestamp now) {
  if (intent.status != intent_status::review) return wrong_status(intent);
  ++intent.version;
  intent.status = is_credited ? intent_status::completed : intent_status::failed;
  intent.failure_code = is_credited ? "" : "given_back";
  intent.is_late = true;
  intent.completed_at = now;
  return intent;
}

// -- the order
// ------------------------------------------------------------------------------------------

bool has_waiting_order(const payment_intent& intent) {
  return intent.status == intent_status::completed && is_live(intent.status, intent.order_state);
}

bool is_quote_too_old(const payment_order& order, timestamp now) {
  return now >= order.quoted_at + limits::order_quote_life;
}

payment_intent claim_order(payment_intent intent) {
  ++intent.version;
  intent.order_state = order_status::processing;
  return intent;
}

payment_intent settle_order(payment_intent intent, rental_id rental, std::string code) {
  ++intent.version;
  intent.order_state = code.empty() ? order_status::success : order_status::failed;
  intent.order_rental = rental;
  intent.order_code = std::move(code);
  return intent;
}

order_outcome outcome_of(int status, std::string_view data) {
  order_outcome outcome;
  if (status >= 400) outcome.code = "internal_error";
  boost::system::error_code malformed;
  const auto told = boost::json::parse({data.data(), data.size()}, malformed);
  const auto* fields = malformed ? nullptr : told.if_object();
  if (fields == nullptr) return outcome;
  const auto* name = fields->if_contains(status >= 400 ? "code" : "rental_id");
  if (name == nullptr || !name->is_string()) return outcome;
  const std::string_view text{name->get_string().data(), name->get_string().size()};
  if (status >= 400)
    outcome.code = text;
  else
    outcome.rental = rental_id::parse(text).value_or(rental_id{});
  return outcome;
}

std::string final_word_of(const caf::error& why) {
  const auto rental = reason_of<rental_refusal>(why);
  const bool is_passing = rental == rental_refusal::request_in_progress ||
                          rental == rental_refusal::too_many_rentals ||
                          reason_of<account_refusal>(why) == account_refusal::account_busy;
  if (is_passing) return {};
  if (auto word = word_if<rental_refusal>(why)) return *word;
  if (auto word = word_if<station_refusal>(why)) return *word;
  if (auto word = word_if<account_refusal>(why)) return *word;
  // Journal, readers, an actor that died: what became of it is asked again.
  return reason_of<journal_refusal>(why) == journal_refusal::conflict ? "internal_error" : "";
}

}  // namespace chautari
