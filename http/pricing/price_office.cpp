#include "http/pricing/price_office.hpp"

#include <boost/json.hpp>

#include "http/server/desk.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/pricing/catalogue.hpp"
#include "protocols/pricing/views.hpp"

namespace chautari {
namespace {

/// Almost two years of minutes: the formula counts no more.
constexpr std::int64_t overdue_minutes_max = 1'000'000;

// -- what a late fee would be
// ------------------------------------------------------------------------------------------

struct calculation {
  package_id package;
  std::int64_t overdue_minutes = 0;
  std::optional<late_fee_id> configuration;  ///< Else the terms themselves.
  late_fee_terms terms;
};

/// The terms' fields are read as those of a configuration, so that a preview refuses what a change would.
std::optional<calculation> read_calculation(exchange& in) {
  boost::json::object terms;
  if (const auto* body = in.json().if_object()) terms = *body;
  boost::json::object question;
  for (const char* name : {"package_id", "overdue_minutes", "configuration_id"}) {
    const auto* given = terms.if_contains(name);
    if (given != nullptr) question[name] = *given;
    terms.erase(name);
  }
  const boost::json::value asked(std::move(question));
  field_reader fields{asked};
  calculation wanted;
  wanted.package = fields.id<package_id>("package_id");
  wanted.overdue_minutes = fields.integer("overdue_minutes", {.least = 0, .most = overdue_minutes_max});
  wanted.configuration = fields.optional_id<late_fee_id>("configuration_id");
  late_fee_configuration row;
  const auto how = wanted.configuration ? price_reading::change : price_reading::create;
  terms["name"] = "-";
  for (const auto& [field, code] : read_price(row, terms, how))
    fields.note(field, code);
  if (wanted.configuration && terms.size() > 1) fields.note("configuration_id", "conflict");
  wanted.terms = row.terms;
  if (!fields.complete(in)) return {};
  return wanted;
}

void test_calculation(exchange& in, const price_office& office) {
  const auto wanted = read_calculation(in);
  if (!wanted) return;
  with_prices(in, office, [wanted = *wanted](exchange& out, const price_list& prices) {
    const auto* package = find_price(prices.packages, wanted.package);
    if (package == nullptr) return answer_price_refusal(out, refuse(price_refusal::package_not_found));
    const auto* configuration =
        wanted.configuration ? find_price(prices.late_fees, *wanted.configuration) : nullptr;
    if (wanted.configuration && configuration == nullptr)
      return answer_price_refusal(out, refuse(price_refusal::configuration_not_found));
    // As if these were active: a package they do not apply to has the terms of no configuration at all.
    price_list supposed;
    supposed.active_late_fee = configuration == nullptr ? wanted.terms : configuration->terms;
    const auto terms = supposed.terms_for(package->type);
    out.answer(boost::json::serialize(late_fee_preview(*package, terms, wanted.overdue_minutes)));
  });
}

// -- what came of a discount
// ------------------------------------------------------------------------------------------

void analyse(exchange& in, const price_office& office) {
  const auto id = discount_id::parse(in.path_text("id"));
  with_prices(in, office, [&office, id](exchange& out, const price_list& prices) {
    const auto* discount = id ? find_price(prices.discounts, *id) : nullptr;
    if (discount == nullptr) return answer_price_refusal(out, refuse(price_refusal::discount_not_found));
    const auto most = discount->total_uses_max;
    out.ask<price_uses>(
        office.reader, count_price_uses{price_table::discounts, id->value, {}},
        [id = *id, most](exchange& last, const price_uses& found) {
          boost::json::object data{{"id", id.text()},
                                   {"total_uses", found.uses},
                                   {"confirmed_uses", found.confirmed},
                                   {"reserved_uses", found.uses - found.confirmed},
                                   {"unique_users", found.riders},
                                   {"total_savings", to_text(found.saved)},
                                   {"remaining_uses", nullptr}};
          if (most) data["remaining_uses"] = std::max<std::int64_t>(0, *most - found.uses);
          last.answer(boost::json::serialize(data));
        },
        answer_refusal);
  });
}

}  // namespace

void with_prices(exchange& in, const price_office& office,
                 std::function<void(exchange&, const price_list&)> tell) {
  in.ask<price_snapshot>(
      office.prices, look_at_prices{},
      [tell = std::move(tell)](exchange& out, const price_snapshot& all) { tell(out, *all.prices); },
      answer_refusal);
}

endpoint price_office_row(http_method verb, std::string path, std::string summary,
                          std::function<void(exchange&)> handle) {
  const bool is_look = verb == http_method::get;
  const bool has_body = verb == http_method::post || verb == http_method::patch || verb == http_method::put;
  return {.verb = verb,
          .path = std::move(path),
          .who = access::admin_access,
          .summary = std::move(summary),
          .handle = std::move(handle),
          .body = has_body ? body_kind::json : body_kind::none,
          .wants = operator_need{permission::pricing, is_look ? need::read : need::write}};
}

endpoint test_calculation_row(const price_office& office) {
  auto row = price_office_row(http_method::post, "/api/admin/late-fee-configs/test-calculation",
                              "What a late fee would be, by a configuration or by terms under trial",
                              [&office](exchange& in) { test_calculation(in, office); });
  row.wants->level = need::read;
  return row;
}

endpoint discount_analytics_row(const price_office& office) {
  return price_office_row(http_method::get, "/api/admin/discounts/{id}/analytics", "What came of a discount",
                          [&office](exchange& in) { analyse(in, office); });
}

endpoints price_office_endpoints(const price_office& office) {
  auto rows = price_table_rows(office);
  rows.push_back(test_calculation_row(office));
  rows.push_back(discount_analytics_row(office));
  rows.push_back(list_revenue_row(office));
  return rows;
}

}  // namespace chautari
