#include "protocols/pricing/views.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <numeric>

#include "protocols/pricing/late_fee.hpp"

namespace chautari {
namespace {

std::vector<const rental_package*> active_packages(const price_list& prices) {
  std::vector<const rental_package*> active;
  for (const auto& package : prices.packages) {
    if (package.is_active) active.push_back(&package);
  }
  std::stable_sort(active.begin(), active.end(), [](const rental_package* a, const rental_package* b) {
    return a->duration_minutes < b->duration_minutes;
  });
  return active;
}

boost::json::object package_json(const rental_package& package) {
  return {{"id", package.id.text()},
          {"name", package.name},
          {"description", package.description},
          {"duration_minutes", package.duration_minutes},
          {"price", to_text(package.price)},
          {"package_type", to_string(package.type)},
          {"payment_model", to_string(package.model)},
          {"is_active", package.is_active},
          {"duration_display", duration_text(package.duration_minutes)}};
}

void add_offer(boost::json::object& item, const rental_package& package,
               const std::vector<station_discount>& offers) {
  const auto offer =
      std::find_if(offers.begin(), offers.end(), [&](const auto& one) { return one.package == package.id; });
  const bool is_there = offer != offers.end();
  const auto hundredths = is_there ? offer->percent_hundredths : 0;
  item["has_discount"] = is_there;
  item["discount_percent"] = nullptr;
  if (is_there) item["discount_percent"] = to_text(money{hundredths});
  item["original_price"] = to_text(package.price);
  item["discounted_price"] = to_text(discounted_hundredths(package.price, hundredths).actual);
}

boost::json::object pagination_json(std::int64_t page, std::int64_t page_size, std::int64_t total) {
  const std::int64_t pages = std::max<std::int64_t>(1, (total + page_size - 1) / page_size);
  boost::json::object answer{{"current_page", page},   {"total_pages", pages},     {"total_count", total},
                             {"page_size", page_size}, {"has_next", page < pages}, {"has_previous", page > 1},
                             {"next_page", nullptr},   {"previous_page", nullptr}};
  if (page < pages) answer["next_page"] = page + 1;
  if (page > 1) answer["previous_page"] = page - 1;
  return answer;
}

}  // namespace

std::string price_text(money amount) { return "NPR " + to_text(amount); }

std::string duration_text(std::int64_t total_minutes) {
  struct unit {
    std::int64_t minutes;
    std::string_view name;
  };
  constexpr std::array<unit, 3> units{{{24 * 60, "day"}, {60, "hour"}, {1, "minute"}}};
  std::string text;
  for (const auto& [size, name] : units) {
    const std::int64_t count = total_minutes / size;
    total_minutes %= size;
    if (count == 0) continue;
    if (!text.empty()) text += ' ';
    text += std::to_string(count) + ' ' + std::string{name} + (count == 1 ? "" : "s");
  }
  return text.empty() ? "0 minutes" : text;
}

std::string payment_packages_json(const price_list& prices) {
  boost::json::array packages;
  for (const auto* package : active_packages(prices))
    packages.push_back(package_json(*package));
  const auto count = packages.size();
  return boost::json::serialize(boost::json::object{{"packages", std::move(packages)}, {"count", count}});
}

std::string rental_packages_json(const price_list& prices, std::int32_t page, std::int32_t page_size,
                                 const std::vector<station_discount>* offers) {
  const auto active = active_packages(prices);
  const auto total = static_cast<std::int64_t>(active.size());
  const std::int64_t first = (static_cast<std::int64_t>(page) - 1) * page_size;
  boost::json::array results;
  for (std::int64_t at = first; at < std::min<std::int64_t>(total, first + page_size); ++at) {
    const rental_package& package = *active[static_cast<std::size_t>(at)];
    auto item = package_json(package);
    item["formatted_price"] = price_text(package.price);
    item["payment_model_display"] = package.model == payment_model::prepaid ? "Prepaid" : "Postpaid";
    if (offers != nullptr) add_offer(item, package, *offers);
    results.push_back(std::move(item));
  }
  return boost::json::serialize(boost::json::object{{"results", std::move(results)},
                                                    {"pagination", pagination_json(page, page_size, total)}});
}

boost::json::object late_fee_preview(const rental_package& package, const late_fee_terms& terms,
                                     std::int64_t overdue_minutes) {
  const money fee = late_fee_for(package, terms, overdue_minutes);
  auto endless = terms;
  endless.daily_cap.reset();
  const std::int64_t paisa = package.price.paisa;
  const std::int64_t per = std::int64_t{100} * package.duration_minutes;
  const auto common = std::gcd(paisa, per);
  return {{"fee", to_text(fee)},
          {"effective_minutes", std::max<std::int64_t>(0, overdue_minutes - terms.grace_minutes)},
          {"capped", fee < late_fee_for(package, endless, overdue_minutes)},
          {"rate", std::to_string(paisa / common) + '/' + std::to_string(per / common) + " per minute"}};
}

}  // namespace chautari
