#include "protocols/pricing/payment_options.hpp"

#include <algorithm>

namespace chautari {
namespace {

constexpr point_count points_per_rupee = 100 / paisa_per_point;
constexpr std::int64_t topup_step = 100'00;

constexpr point_count floor_points(money amount) { return amount.paisa / paisa_per_point; }
constexpr point_count ceil_points(money amount) {
  return (amount.paisa + paisa_per_point - 1) / paisa_per_point;
}

/// So many points, the rest from the wallet.
payment_options with_points(const payment_means& means, money amount, point_count points) {
  payment_options options;
  options.points = points;
  options.wallet = std::max(money{}, amount - value_of(points));
  options.shortfall = options.wallet_shortfall = std::max(money{}, options.wallet - means.wallet);
  return options;
}

/// Whole rupees of points first (stations_rentals_devices 3.4); single ones only where the wallet could not
/// pay the rest, and then even the last one, which overpays by less than its value.
payment_options points_then_wallet(const payment_means& means, money amount) {
  const point_count whole_rupees = means.points / points_per_rupee * points_per_rupee;
  const auto by_rupees = with_points(means, amount, std::min(whole_rupees, floor_points(amount)));
  if (by_rupees.is_sufficient()) return by_rupees;
  const auto by_points = with_points(means, amount, std::min(means.points, floor_points(amount)));
  const bool can_overpay = !by_points.is_sufficient() && means.points >= ceil_points(amount);
  return can_overpay ? with_points(means, amount, ceil_points(amount)) : by_points;
}

payment_options points_only(const payment_means& means, money amount) {
  payment_options options;
  const point_count needed = ceil_points(amount);
  options.points = means.points >= needed ? needed : std::min(means.points, floor_points(amount));
  options.points_shortfall = std::max<point_count>(0, needed - means.points);
  if (options.points_shortfall > 0) options.shortfall = amount - value_of(options.points);
  return options;
}

std::variant<payment_options, rental_refusal> as_wished(const payment_means& means, const payment_wish& wish,
                                                        money amount) {
  if (!wish.wallet_amount || !wish.points_to_use || wish.mode != payment_mode::wallet_points ||
      wish.wallet_amount->paisa < 0 || *wish.points_to_use < 0)
    return rental_refusal::invalid_wallet_points_split;
  // Compared before multiplied: no number of points can overflow.
  const point_count points = *wish.points_to_use;
  if (points > ceil_points(amount) || *wish.wallet_amount + value_of(points) != amount)
    return rental_refusal::split_total_mismatch;
  auto options = with_points(means, amount, points);
  options.points_shortfall = std::max<point_count>(0, points - means.points);
  if (options.points_shortfall > 0) options.shortfall = points_then_wallet(means, amount).shortfall;
  return options;
}

}  // namespace

std::variant<payment_options, rental_refusal> payment_options_of(const payment_means& means,
                                                                 const payment_wish& wish, money amount) {
  if (wish.wallet_amount || wish.points_to_use) return as_wished(means, wish, amount);
  switch (wish.mode) {
    case payment_mode::wallet:
      return with_points(means, amount, 0);
    case payment_mode::points:
      return points_only(means, amount);
    case payment_mode::wallet_points:
      return points_then_wallet(means, amount);
    case payment_mode::direct:
      break;
  }
  payment_options options;
  options.direct = options.shortfall = amount;
  return options;
}

std::optional<money> suggested_topup(money shortfall) {
  if (shortfall <= money{}) return {};
  return money{(shortfall.paisa + topup_step - 1) / topup_step * topup_step};
}

boost::json::object payment_options_json(std::string_view scenario, const payment_means& means,
                                         const payment_wish& wish, money amount,
                                         const payment_options& options) {
  const bool counts_wallet = wish.mode == payment_mode::wallet || wish.mode == payment_mode::wallet_points;
  const bool counts_points = wish.mode == payment_mode::points || wish.mode == payment_mode::wallet_points;
  const money for_mode =
      (counts_wallet ? means.wallet : money{}) + (counts_points ? value_of(means.points) : money{});
  boost::json::value split;
  if (wish.wallet_amount && wish.points_to_use)
    split = {{"wallet_amount", to_text(*wish.wallet_amount)}, {"points_to_use", *wish.points_to_use}};
  boost::json::object balances{{"points", means.points},
                               {"wallet", to_text(means.wallet)},
                               {"points_value", to_text(value_of(means.points))},
                               {"points_to_npr_rate", points_per_rupee},
                               {"total_available", to_text(means.wallet + value_of(means.points))},
                               {"total_available_for_mode", to_text(for_mode)}};
  boost::json::object left{{"points", std::max<point_count>(0, means.points - options.points)},
                           {"wallet", to_text(std::max(money{}, means.wallet - options.wallet))}};
  boost::json::object breakdown{{"points_to_use", options.points},
                                {"points_used", options.points},
                                {"points_amount", to_text(std::min(value_of(options.points), amount))},
                                {"wallet_amount", to_text(options.wallet)},
                                {"wallet_used", to_text(options.wallet)},
                                {"direct_amount", to_text(options.direct)},
                                {"requested_split", std::move(split)},
                                {"remaining_balance", std::move(left)}};
  const auto suggested = suggested_topup(options.shortfall);
  return {{"scenario", scenario},
          {"payment_mode", to_string(wish.mode)},
          {"total_amount", to_text(amount)},
          {"user_balances", std::move(balances)},
          {"payment_breakdown", std::move(breakdown)},
          {"is_sufficient", options.is_sufficient()},
          {"shortfall", to_text(options.shortfall)},
          {"topup_amount_required", to_text(options.shortfall)},
          {"wallet_shortfall", to_text(options.wallet_shortfall)},
          {"points_shortfall", options.points_shortfall},
          {"points_shortfall_amount", to_text(value_of(options.points_shortfall))},
          {"suggested_topup", suggested ? boost::json::value(to_text(*suggested)) : boost::json::value{}}};
}

}  // namespace chautari
