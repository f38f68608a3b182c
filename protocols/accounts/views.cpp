#include "protocols/accounts/views.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "protocols/pricing/views.hpp"

namespace chautari {
namespace {

namespace json = boost::json;
constexpr std::size_t recent_transactions_max = 5;

json::object wallet_json(const wallet_view& wallet) {
  return {{"balance", to_text(wallet.balance())},
          {"currency", "NPR"},
          {"formatted_balance", price_text(wallet.balance())},
          {"is_active", wallet.status == user_status::active},
          {"held", to_text(wallet.held)},
          {"withdrawable", to_text(wallet.cash)},
          {"points", json::object{{"current", wallet.current_points},
                                  {"total_earned", wallet.total_points_earned},
                                  {"value", to_text(value_of(wallet.current_points))}}},
          {"last_updated", to_rfc3339(wallet.updated_at)}};
}

json::object transaction_json(const transaction_row& row) {
  const transaction_image& image = row.image;
  return {{"id", image.id.text()},
          {"transaction_id", image.code},
          {"transaction_type", to_string(image.kind)},
          {"amount", to_text(image.amount)},
          {"status", to_string(image.status)},
          {"payment_method_type", to_string(image.method)},
          {"wallet_amount", to_text(image.wallet_part)},
          {"points_used", image.points_used},
          {"rental_code", row.rental_code.empty() ? json::value(nullptr) : json::value(row.rental_code)},
          {"created_at", to_rfc3339(image.created_at)}};
}

}  // namespace

std::string wallet_balance_json(const wallet_view& wallet, const std::vector<transaction_row>& recent) {
  json::object answer = wallet_json(wallet);
  json::array shown;
  for (std::size_t at = 0; at < std::min(recent.size(), recent_transactions_max); ++at)
    shown.push_back(transaction_json(recent[at]));
  answer["recent_transactions"] = std::move(shown);
  return json::serialize(answer);
}

std::string transaction_item_json(const transaction_row& row) {
  return json::serialize(transaction_json(row));
}

std::string wallet_event_json(const wallet_view& wallet) { return json::serialize(wallet_json(wallet)); }

}  // namespace chautari
