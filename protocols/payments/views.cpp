#include "protocols/payments/views.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace chautari {
namespace {
namespace json = boost::json;

json::value text_or_null(const std::string& text) { return text.empty() ? json::value{} : json::value(text); }

json::value time_or_null(const std::optional<timestamp>& at) {
  return at ? json::value(to_rfc3339(*at)) : json::value{};
}

json::value id_or_null(rental_id id) { return id.is_nil() ? json::value{} : json::value(id.text()); }

json::object order_json(const payment_intent& intent) {
  const bool is_start = intent.purpose == intent_purpose::rental_payment;
  return {{"flow", is_start ? "RENTAL_START" : "RENTAL_DUE"},
          {"status", to_string(intent.order_state)},
          {"code", text_or_null(intent.order_code)},
          {"rental_id", id_or_null(intent.order_rental)}};
}

}  // namespace

json::object payment_methods_json(const payment_gateways& all) {
  json::array methods;
  for (const auto& one : all)
    methods.push_back(json::object{{"id", one.id.text()},
                                   {"name", one.name},
                                   {"gateway", one.provider},
                                   {"icon", one.icon},
                                   {"is_active", true},
                                   {"min_amount", to_text(one.least)},
                                   {"max_amount", to_text(one.most)},
                                   {"supported_currencies", json::array{"NPR"}}});
  const auto count = methods.size();
  return {{"payment_methods", std::move(methods)}, {"count", count}};
}

json::object intent_json(const payment_intent& intent, const payment_gateways& all) {
  const auto gateway =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == intent.method; });
  const bool is_known = gateway != all.end();
  // Nobody is sent anywhere: there is nothing to pay at but a counter yet.
  return {{"intent_id", intent.id.text()},
          {"amount", to_text(intent.amount)},
          {"currency", "NPR"},
          {"gateway", intent.provider},
          {"payment_method_name", is_known ? json::value(gateway->name) : json::value{}},
          {"payment_method_icon", is_known ? json::value(gateway->icon) : json::value{}},
          {"gateway_url", nullptr},
          {"redirect_url", nullptr},
          {"redirect_method", nullptr},
          {"form_fields", json::object{}},
          {"payment_instructions", is_known ? json::value(gateway->instructions) : json::value{}},
          {"expires_at", to_rfc3339(intent.expires_at)},
          {"status", to_string(intent.status)}};
}

json::object intent_status_json(const payment_intent& intent) {
  json::object shown{{"intent_id", intent.id.text()},
                     {"status", to_string(intent.status)},
                     {"amount", to_text(intent.amount)},
                     {"currency", "NPR"},
                     {"gateway_reference", text_or_null(intent.provider_ref)},
                     {"completed_at", time_or_null(intent.completed_at)},
                     {"failure_reason", text_or_null(intent.failure_code)},
                     {"expires_at", to_rfc3339(intent.expires_at)},
                     {"late", intent.is_late}};
  if (intent.order) shown["order"] = order_json(intent);
  return shown;
}

json::object intent_verdict_json(const payment_intent& intent) {
  const bool is_paid = intent.status == intent_status::completed;
  const bool may_be_paid = is_open(intent.status) || intent.status == intent_status::review;
  json::object shown{{"intent_id", intent.id.text()},
                     {"status", is_paid       ? "SUCCESS"
                                : may_be_paid ? "PENDING"
                                              : "FAILED"},
                     {"amount", to_text(intent.amount)}};
  if (!intent.order) return shown;
  const std::string flow = intent.purpose == intent_purpose::rental_payment ? "rental_start" : "rental_due";
  shown[flow + "_status"] = to_string(intent.order_state);
  shown["rental_id"] = id_or_null(intent.order_rental);
  shown[intent.purpose == intent_purpose::rental_payment ? "rental_error" : "rental_due_error"] =
      text_or_null(intent.order_code);
  return shown;
}

json::object admin_intent_json(const payment_intent& intent) {
  auto shown = intent_status_json(intent);
  shown["user_id"] = intent.rider.text();
  shown["purpose"] = to_string(intent.purpose);
  shown["gateway"] = intent.provider;
  shown["paid_amount"] = intent.paid > money{} ? json::value(to_text(intent.paid)) : json::value{};
  shown["created_at"] = to_rfc3339(intent.created_at);
  if (!intent.order) return shown;
  shown["order"].as_object()["price"] = to_text(intent.order->price);
  shown["order"].as_object()["payment_mode"] = to_string(intent.order->pay.mode);
  shown["order"].as_object()["quoted_at"] = to_rfc3339(intent.order->quoted_at);
  return shown;
}

}  // namespace chautari
