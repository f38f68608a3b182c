#include "protocols/pricing/catalogue.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace chautari {
namespace {

namespace json = boost::json;
using enum price_reading;

json::object object_of(const std::string& text) { return json::parse(text).as_object(); }

const json::object a_package = object_of(R"({"name":"1 hour","duration_minutes":60,"price":"50.00",)"
                                         R"("package_type":"HOURLY","payment_model":"PREPAID"})");
const json::object a_late_fee =
    object_of(R"({"name":"Hourly","fee_type":"MULTIPLIER","multiplier":"2.00","grace_period_minutes":2})");
const json::object a_discount = object_of(R"({"station_id":"01890000-0000-7000-8000-000000000001",)"
                                          R"("package_id":"01890000-0000-7000-8000-000000000002",)"
                                          R"("discount_percent":"12.50","valid_from":"2026-01-01T00:00:00Z",)"
                                          R"("valid_until":"2026-02-01T00:00:00Z"})");

/// "field:code" of everything wrong, in order; a field that is "-" is left out of the valid row.
template <class Row>
std::vector<std::string> wrong_with(json::object fields, const std::string& field, const std::string& value) {
  if (value == "-")
    fields.erase(field);
  else
    fields[field] = json::parse(value);
  Row row;
  std::vector<std::string> told;
  for (const auto& problem : read_price(row, fields, create))
    told.push_back(problem.field + ':' + problem.code);
  return told;
}

struct wrong_value {
  std::string field;
  std::string value;
  std::string code;  ///< Empty: it is right.
};

template <class Row>
void expect_told(const json::object& valid, const std::vector<wrong_value>& table) {
  for (const auto& [field, value, code] : table) {
    const auto told = wrong_with<Row>(valid, field, value);
    const std::vector<std::string> expected =
        code.empty() ? std::vector<std::string>{} : std::vector{field + ':' + code};
    EXPECT_EQ(told, expected) << field << " = " << value.substr(0, 60);
  }
}

std::string text(std::size_t characters, const std::string& each = "a") {
  std::string all = "\"";
  for (std::size_t n = 0; n < characters; ++n)
    all += each;
  return all + '"';
}

TEST(catalogue, every_limit_of_a_package) {
  expect_told<rental_package>(a_package, {
                                             {"name", "-", "required"},
                                             {"name", "null", "required"},
                                             {"name", "\"\"", "too_short"},
                                             {"name", "\" x\"", "malformed"},
                                             {"name", "\"a\\u0000b\"", "malformed"},
                                             {"name", text(100, "क"), ""},
                                             {"name", text(101, "क"), "too_long"},
                                             {"description", text(255), ""},
                                             {"description", text(256), "too_long"},
                                             {"description", "7", "wrong_type"},
                                             {"duration_minutes", "-", "required"},
                                             {"duration_minutes", "0", "out_of_range"},
                                             {"duration_minutes", "1", ""},
                                             {"duration_minutes", "527040", ""},
                                             {"duration_minutes", "527041", "out_of_range"},
                                             {"duration_minutes", "18446744073709551615", "out_of_range"},
                                             {"duration_minutes", "60.0", "wrong_type"},
                                             {"price", "-", "required"},
                                             {"price", "\"0.00\"", ""},
                                             {"price", "50", ""},
                                             {"price", "49.99", "wrong_type"},
                                             {"price", "\"-0.01\"", "out_of_range"},
                                             {"price", "\"49.999\"", "malformed"},
                                             {"price", "\"1000000.00\"", ""},
                                             {"price", "\"1000000.01\"", "out_of_range"},
                                             {"package_type", "\"YEARLY\"", "not_a_choice"},
                                             {"package_type", "-", "required"},
                                             {"payment_model", "\"LATER\"", "not_a_choice"},
                                             {"payment_model", "1", "wrong_type"},
                                             {"is_active", "false", ""},
                                             {"is_active", "\"yes\"", "wrong_type"},
                                             {"metadata", "{\"a\":[1]}", ""},
                                             {"metadata", "null", ""},
                                             {"metadata", "[]", "wrong_type"},
                                             {"metadata", "{\"a\":" + text(2048) + "}", "too_long"},
                                             {"metadata", "{\"a\":\"\\u0000\"}", "malformed"},
                                             {"id", "\"x\"", "unknown_field"},
                                             {"colour", "\"red\"", "unknown_field"},
                                         });
}

TEST(catalogue, every_limit_of_a_late_fee) {
  expect_told<late_fee_configuration>(
      a_late_fee, {
                      {"name", text(101), "too_long"},
                      {"fee_type", "-", "required"},
                      {"fee_type", "\"GUESS\"", "not_a_choice"},
                      {"multiplier", "\"0.00\"", "out_of_range"},
                      {"multiplier", "\"0.01\"", ""},
                      {"multiplier", "\"100.00\"", ""},
                      {"multiplier", "\"100.01\"", "out_of_range"},
                      {"multiplier", "\"-1\"", "out_of_range"},
                      {"multiplier", "1.5", "wrong_type"},
                      {"flat_rate_per_hour", "\"-0.01\"", "out_of_range"},
                      {"grace_period_minutes", "-1", "out_of_range"},
                      {"grace_period_minutes", "0", ""},
                      {"grace_period_minutes", "43201", "out_of_range"},
                      {"max_daily_rate", "null", ""},
                      {"max_daily_rate", "\"0.00\"", "out_of_range"},
                      {"max_daily_rate", "\"0.01\"", ""},
                      {"applicable_package_types", "[\"HOURLY\",\"DAILY\"]", ""},
                      {"applicable_package_types", "[\"HOURLY\",\"HOURLY\"]", "duplicate"},
                      {"applicable_package_types", "[\"NEVER\"]", "not_a_choice"},
                      {"applicable_package_types", "\"HOURLY\"", "wrong_type"},
                  });
}

TEST(catalogue, every_limit_of_a_discount) {
  expect_told<station_discount>(a_discount, {
                                                {"station_id", "-", "required"},
                                                {"station_id", "\"here\"", "malformed"},
                                                {"package_id", "null", "required"},
                                                {"discount_percent", "-", "required"},
                                                {"discount_percent", "\"0\"", ""},
                                                {"discount_percent", "\"99.99\"", ""},
                                                {"discount_percent", "\"100.01\"", "out_of_range"},
                                                {"discount_percent", "\"12.345\"", "malformed"},
                                                {"max_total_uses", "null", ""},
                                                {"max_total_uses", "0", "out_of_range"},
                                                {"max_total_uses", "1", ""},
                                                {"max_uses_per_user", "0", "out_of_range"},
                                                {"max_uses_per_user", "1000000001", "out_of_range"},
                                                {"valid_from", "-", "required"},
                                                {"valid_from", "\"tomorrow\"", "malformed"},
                                                {"valid_from", "\"1969-12-31T00:00:00Z\"", "out_of_range"},
                                                {"valid_until", "\"2026-01-01T00:00:00Z\"", "out_of_range"},
                                                {"valid_until", "\"2026-01-01T00:00:00.001Z\"", ""},
                                                {"status", "\"INACTIVE\"", ""},
                                                {"status", "\"EXPIRED\"", "not_a_choice"},
                                                {"may_be_free", "1", "wrong_type"},
                                                {"used_count", "0", "unknown_field"},
                                            });
}

TEST(catalogue, everything_wrong_is_told_at_once) {
  rental_package row;
  const auto problems = read_price(row, object_of(R"({"name":7,"price":"x","shape":"round"})"), create);
  const price_problems expected{{"name", "wrong_type"},        {"duration_minutes", "required"},
                                {"price", "malformed"},        {"package_type", "required"},
                                {"payment_model", "required"}, {"shape", "unknown_field"}};
  EXPECT_EQ(problems, expected);
  auto by_name = problems_of_context(context_of(problems));
  EXPECT_EQ(by_name, expected) << "and travels with the refusal";
}

template <class Row>
Row read(const json::object& fields) {
  Row row;
  EXPECT_TRUE(read_price(row, fields, create).empty());
  return row;
}

TEST(catalogue, a_change_keeps_whatever_it_does_not_name) {
  auto fields = a_late_fee;
  fields["max_daily_rate"] = "100.00";
  fields["applicable_package_types"] = json::array{"HOURLY"};
  fields["metadata"] = json::object{{"by", "asha"}};
  auto row = read<late_fee_configuration>(fields);
  const auto before = show_price(row);
  ASSERT_TRUE(read_price(row, {{"grace_period_minutes", 15}}, change).empty());
  auto expected = before;
  expected["grace_period_minutes"] = 15;
  EXPECT_EQ(show_price(row), expected);
  ASSERT_TRUE(read_price(row, {{"max_daily_rate", nullptr}, {"multiplier", nullptr}}, change).empty());
  EXPECT_FALSE(row.terms.daily_cap) << "null takes away what may be missing";
  EXPECT_EQ(row.terms.multiplier_hundredths, 200) << "and changes nothing else";
}

TEST(catalogue, the_kind_of_a_late_fee_needs_its_figures_on_every_change) {
  struct row {
    std::string kind, multiplier, flat, wrong;
  };
  for (const auto& [kind, multiplier, flat, wrong] :
       {row{"MULTIPLIER", "2", "0", ""}, row{"MULTIPLIER", "0", "5", "multiplier"},
        row{"FLAT_RATE", "0", "5", ""}, row{"FLAT_RATE", "2", "0", "flat_rate_per_hour"},
        row{"COMPOUND", "1.5", "10", ""}, row{"COMPOUND", "0", "10", "multiplier"},
        row{"COMPOUND", "1.5", "0", "flat_rate_per_hour"}}) {
    auto config = read<late_fee_configuration>(a_late_fee);
    const auto problems = read_price(
        config, {{"fee_type", kind}, {"multiplier", multiplier}, {"flat_rate_per_hour", flat}}, change);
    EXPECT_EQ(problems.empty() ? "" : problems[0].field, wrong) << kind << ' ' << multiplier << ' ' << flat;
  }
}

TEST(catalogue, the_days_of_a_discount_keep_their_order_on_every_change) {
  auto discount = read<station_discount>(a_discount);
  const price_problems expected{{"valid_until", "out_of_range"}};
  EXPECT_EQ(read_price(discount, {{"valid_from", "2026-02-01T00:00:00Z"}}, change), expected);
  discount = read<station_discount>(a_discount);
  EXPECT_EQ(read_price(discount, {{"valid_until", "2025-12-31T00:00:00Z"}}, change), expected);
  discount = read<station_discount>(a_discount);
  EXPECT_TRUE(read_price(discount, {{"status", "EXPIRED"}}, change).empty()) << "only later";
}

TEST(catalogue, a_discount_stays_where_it_is_and_above_its_uses) {
  auto discount = read<station_discount>(a_discount);
  discount.used = 3;
  discount.reserved = 2;
  EXPECT_TRUE(
      read_price(discount, {{"station_id", discount.station.text()}, {"max_total_uses", 5}}, change).empty());
  EXPECT_EQ(read_price(discount, {{"max_total_uses", 4}}, change),
            (price_problems{{"max_total_uses", "out_of_range"}}));
  EXPECT_EQ(read_price(discount, {{"package_id", discount.station.text()}}, change),
            (price_problems{{"package_id", "conflict"}}));
}

TEST(catalogue, nothing_is_free_by_accident) {
  auto discount = read<station_discount>(a_discount);
  EXPECT_EQ(read_price(discount, {{"discount_percent", "100"}}, change),
            (price_problems{{"may_be_free", "required"}}));
  EXPECT_TRUE(read_price(discount, {{"may_be_free", true}}, change).empty());

  price_list prices;
  prices.packages.push_back(read<rental_package>(a_package));
  prices.packages[0].price = {1};
  discount = read<station_discount>(a_discount);
  discount.package = prices.packages[0].id;
  discount.percent_hundredths = 50'00;
  prices.discounts.push_back(discount);
  const auto now = discount.valid_from;
  EXPECT_EQ(prices.discount_at(discount.station, discount.package, now), nullptr)
      << "half a paisa off one paisa is all of it";
  prices.discounts[0].may_be_free = true;
  EXPECT_NE(prices.discount_at(discount.station, discount.package, now), nullptr);
  EXPECT_NE(prices.discount_at(discount.station, discount.package, discount.valid_until), nullptr);
  EXPECT_EQ(prices.discount_at(discount.station, discount.package, discount.valid_until + milliseconds{1}),
            nullptr);
}

TEST(catalogue, rows_are_shown_as_they_are_read) {
  const auto shown = show_price(read<station_discount>(a_discount));
  for (const auto& field : a_discount)
    EXPECT_TRUE(shown.at(field.key()) == field.value() || field.key().starts_with("valid_")) << field.key();
  EXPECT_EQ(shown.at("valid_from"), "2026-01-01T00:00:00.000Z");
  EXPECT_TRUE(shown.at("max_total_uses").is_null());
  EXPECT_EQ(shown.at("max_uses_per_user"), 1);
  EXPECT_EQ(show_price(read<rental_package>(a_package)).at("metadata"), json::object{});
  EXPECT_EQ(show_price(read<late_fee_configuration>(a_late_fee)).at("multiplier"), "2.00");
}

}  // namespace
}  // namespace chautari
