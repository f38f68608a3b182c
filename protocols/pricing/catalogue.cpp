#include "protocols/pricing/catalogue.hpp"

#include <algorithm>
#include <array>

#include "protocols/pricing/price_fields.hpp"

namespace chautari {
namespace {

namespace json = boost::json;
using enum field_use;
using price_fields::field_of;

// -- the tables
// ------------------------------------------------------------------------------------------

/// A million rupees and a hundred-fold rate: every product of the formulas stays far inside 64 bits.
constexpr std::int64_t amount_max = 1'000'000'00;
constexpr std::int64_t factor_max = 100'00;
constexpr std::int64_t duration_minutes_max = 366 * 24 * 60;
constexpr std::int64_t grace_minutes_max = 30 * 24 * 60;
constexpr std::int64_t uses_max = 1'000'000'000;
constexpr std::int64_t whole_percent = 100'00;

using of_package = field_of<rental_package>;
constexpr std::array package_fields{
    of_package::id<&rental_package::id>("id", ours),
    of_package::text<&rental_package::name>("name", required, 1, 100),
    of_package::text<&rental_package::description>("description", optional, 0, 255),
    of_package::integer<&rental_package::duration_minutes>("duration_minutes", required, 1,
                                                           duration_minutes_max),
    of_package::amount<&rental_package::price>("price", required, 0, amount_max),
    of_package::word<&rental_package::type, parse_package_type>("package_type", required),
    of_package::word<&rental_package::model, parse_payment_model>("payment_model", required),
    of_package::flag<&rental_package::is_active>("is_active", optional),
    of_package::object<&rental_package::metadata>("metadata"),
};

/// A field of the terms of a configuration.
template <auto Member>
constexpr auto term = [](auto& row) -> auto& {
  return std::invoke(Member, row.terms);
};

using of_late_fee = field_of<late_fee_configuration>;
constexpr std::array late_fee_fields{
    of_late_fee::id<&late_fee_configuration::id>("id", ours),
    of_late_fee::text<&late_fee_configuration::name>("name", required, 1, 100),
    of_late_fee::word<term<&late_fee_terms::kind>, parse_late_fee_kind>("fee_type", required),
    of_late_fee::hundredths<term<&late_fee_terms::multiplier_hundredths>>("multiplier", optional, 0,
                                                                          factor_max),
    of_late_fee::amount<term<&late_fee_terms::flat_per_hour>>("flat_rate_per_hour", optional, 0, amount_max),
    of_late_fee::integer<term<&late_fee_terms::grace_minutes>>("grace_period_minutes", optional, 0,
                                                               grace_minutes_max),
    of_late_fee::amount<term<&late_fee_terms::daily_cap>>("max_daily_rate", optional, 1, amount_max),
    of_late_fee::package_types<term<&late_fee_terms::applies_to>>("applicable_package_types"),
    of_late_fee::flag<&late_fee_configuration::is_active>("is_active", optional),
    of_late_fee::object<&late_fee_configuration::metadata>("metadata"),
};

using of_discount = field_of<station_discount>;
constexpr std::array discount_fields{
    of_discount::id<&station_discount::id>("id", ours),
    of_discount::id<&station_discount::station>("station_id", fixed),
    of_discount::id<&station_discount::package>("package_id", fixed),
    of_discount::hundredths<&station_discount::percent_hundredths>("discount_percent", required, 0,
                                                                   whole_percent),
    of_discount::integer<&station_discount::total_uses_max>("max_total_uses", optional, 1, uses_max),
    of_discount::integer<&station_discount::uses_per_user_max>("max_uses_per_user", optional, 1, uses_max),
    of_discount::time<&station_discount::valid_from>("valid_from", required),
    of_discount::time<&station_discount::valid_until>("valid_until", required),
    of_discount::word<&station_discount::status, parse_discount_status>("status", optional),
    of_discount::flag<&station_discount::may_be_free>("may_be_free", optional),
    of_discount::integer<&station_discount::used>("used_count", ours, 0, uses_max),
    of_discount::integer<&station_discount::reserved>("reserved_count", ours, 0, uses_max),
    of_discount::text<&station_discount::created_by>("created_by", ours, 0, 0),
    of_discount::time<&station_discount::created_at>("created_at", ours),
};

using of_partner = field_of<business_partner>;
constexpr std::array partner_fields{
    of_partner::id<&business_partner::id>("id", ours),
    of_partner::text<&business_partner::code>("code", ours, 0, 0),
    of_partner::id<&business_partner::user>("user_id", fixed),
    of_partner::word<&business_partner::type, parse_partner_type>("partner_type", fixed),
    of_partner::word<&business_partner::vendor, parse_vendor_type>("vendor_type", optional),
    of_partner::text<&business_partner::business_name>("business_name", required, 1, 100),
    of_partner::text<&business_partner::contact_phone>("contact_phone", required, 1, 20),
    of_partner::word<&business_partner::status, parse_partner_status>("status", optional),
    of_partner::hundredths<&business_partner::share_hundredths>("revenue_share_percent", optional, 0,
                                                                whole_percent),
    of_partner::text<&business_partner::created_by>("created_by", ours, 0, 0),
    of_partner::time<&business_partner::created_at>("created_at", ours),
};

constexpr auto show_end = [](const station_partner& row) {
  return row.valid_until ? json::value(to_rfc3339(*row.valid_until)) : json::value{};
};
using of_assignment = field_of<station_partner>;
constexpr std::array assignment_fields{
    of_assignment::id<&station_partner::id>("id", ours),
    of_assignment::id<&station_partner::station>("station_id", fixed),
    of_assignment::id<&station_partner::partner>("partner_id", fixed),
    of_assignment::word<&station_partner::role, parse_station_role>("role", ours),
    of_assignment::word<&station_partner::model, parse_revenue_model>("revenue_model", optional),
    of_assignment::hundredths<&station_partner::percent_hundredths>("partner_percent", optional, 0,
                                                                    whole_percent),
    of_assignment::time<&station_partner::valid_from>("valid_from", ours),
    price_field<station_partner>{"valid_until", ours, {}, true, nullptr, show_end},
    of_assignment::text<&station_partner::created_by>("created_by", ours, 0, 0),
};

constexpr const auto& table_of(const rental_package*) { return package_fields; }
constexpr const auto& table_of(const late_fee_configuration*) { return late_fee_fields; }
constexpr const auto& table_of(const station_discount*) { return discount_fields; }
constexpr const auto& table_of(const business_partner*) { return partner_fields; }
constexpr const auto& table_of(const station_partner*) { return assignment_fields; }
template <class Row>
constexpr const auto& fields_of_table = table_of(static_cast<const Row*>(nullptr));

// -- rules of whole rows
// ------------------------------------------------------------------------------------------

void judge(const rental_package&, price_reading, price_problems&) {}

void judge(const late_fee_configuration& row, price_reading, price_problems& problems) {
  const auto& terms = row.terms;
  if (terms.kind != late_fee_kind::flat_rate && terms.multiplier_hundredths == 0)
    problems.push_back({"multiplier", "out_of_range"});
  if (terms.kind != late_fee_kind::multiplier && terms.flat_per_hour == money{})
    problems.push_back({"flat_rate_per_hour", "required"});
}

void judge(const station_discount& row, price_reading how, price_problems& problems) {
  if (row.valid_until <= row.valid_from) problems.push_back({"valid_until", "out_of_range"});
  if (how == price_reading::create && row.status == discount_status::expired)
    problems.push_back({"status", "not_a_choice"});
  if (row.total_uses_max && *row.total_uses_max < row.used + row.reserved)
    problems.push_back({"max_total_uses", "out_of_range"});
  if (row.percent_hundredths == whole_percent && !row.may_be_free)
    problems.push_back({"may_be_free", "required"});
}

/// A franchise shares by itself, a vendor by the terms of each of its stations.
void judge(const business_partner& row, price_reading, price_problems& problems) {
  const bool is_vendor = row.type == partner_type::vendor;
  if (is_vendor == (row.vendor == vendor_type::none)) problems.push_back({"vendor_type", "not_a_choice"});
  if (is_vendor && row.share_hundredths > 0) problems.push_back({"revenue_share_percent", "out_of_range"});
}

void judge(const station_partner& row, price_reading, price_problems& problems) {
  if (row.model != revenue_model::percentage && row.percent_hundredths > 0)
    problems.push_back({"partner_percent", "out_of_range"});
}

/// The code of what is wrong with one field; `row` takes it if nothing is.
template <class Row>
std::string_view read_field(const price_field<Row>& field, Row& row, const json::object& fields,
                            price_reading how) {
  const auto* given = fields.if_contains(field.name);
  if (given != nullptr && field.use == ours) return "unknown_field";
  const bool is_there = given != nullptr && (!given->is_null() || field.may_be_null);
  const bool is_needed = field.use == required || field.use == fixed;
  if (!is_there) return is_needed && how == price_reading::create ? "required" : "";
  const auto before = field.show(row);
  const auto problem = field.take(row, *given, field.limits);
  if (!problem.empty()) return problem;
  const bool is_moved = how == price_reading::change && field.use == fixed && field.show(row) != before;
  return is_moved ? "conflict" : "";
}

}  // namespace

std::string context_of(const price_problems& problems) {
  json::object errors;
  for (const auto& [field, code] : problems) {
    auto& codes = errors[field];
    if (!codes.is_array()) codes.emplace_array();
    codes.get_array().emplace_back(code);
  }
  return json::serialize(json::object{{"errors", std::move(errors)}});
}

price_problems problems_of_context(std::string_view context) {
  price_problems problems;
  boost::system::error_code failed;
  const auto parsed = json::parse(context, failed);
  const auto* object = failed ? nullptr : parsed.if_object();
  const auto* errors = object == nullptr ? nullptr : object->if_contains("errors");
  if (errors == nullptr || !errors->is_object()) return problems;
  for (const auto& [field, codes] : errors->get_object()) {
    for (const auto& code : codes.as_array())
      problems.push_back({std::string{field}, std::string{code.as_string()}});
  }
  return problems;
}

template <class Row>
price_problems read_price(Row& row, const json::object& fields, price_reading how) {
  price_problems problems;
  for (const auto& field : fields_of_table<Row>) {
    if (const auto problem = read_field(field, row, fields, how); !problem.empty())
      problems.push_back({std::string{field.name}, std::string{problem}});
  }
  for (const auto& given : fields) {
    const auto is_it = [&](const auto& field) { return field.name == given.key(); };
    const auto& known = fields_of_table<Row>;
    if (problems.size() >= limits::field_problems_max) break;
    if (std::none_of(known.begin(), known.end(), is_it))
      problems.push_back({given.key().size() > 64 ? "?" : std::string{given.key()}, "unknown_field"});
  }
  if (problems.empty()) judge(row, how, problems);
  return problems;
}

template <class Row>
json::object show_price(const Row& row) {
  json::object all;
  for (const auto& field : fields_of_table<Row>)
    all[field.name] = field.show(row);
  return all;
}

template price_problems read_price(rental_package&, const json::object&, price_reading);
template price_problems read_price(late_fee_configuration&, const json::object&, price_reading);
template price_problems read_price(station_discount&, const json::object&, price_reading);
template price_problems read_price(business_partner&, const json::object&, price_reading);
template price_problems read_price(station_partner&, const json::object&, price_reading);
template json::object show_price(const rental_package&);
template json::object show_price(const late_fee_configuration&);
template json::object show_price(const station_discount&);
template json::object show_price(const business_partner&);
template json::object show_price(const station_partner&);

}  // namespace chautari
