#include "persistence/pricing/rows.hpp"

#include "persistence/base/json_rows.hpp"

namespace chautari {
namespace {

/// The one object of an array of one.
std::string only_row(json_rows& rows) {
  const auto& array = rows.finish();
  return array.substr(1, array.size() - 2);
}

}  // namespace

std::string package_as_json(const rental_package& package) {
  json_rows rows;
  rows.row()
      .id("id", package.id)
      .text("name", package.name)
      .text("description", package.description)
      .number("duration_minutes", package.duration_minutes)
      .number("price", package.price)
      .text("type", to_string(package.type))
      .text("model", to_string(package.model))
      .flag("is_active", package.is_active);
  return only_row(rows);
}

std::string terms_as_json(const late_fee_terms& terms) {
  std::string types = "[";
  for (const auto type : terms.applies_to) {
    if (types.size() > 1) types += ',';
    append_json_string(types, to_string(type));
  }
  json_rows rows;
  rows.row()
      .text("kind", to_string(terms.kind))
      .number("multiplier_hundredths", terms.multiplier_hundredths)
      .number("flat_per_hour", terms.flat_per_hour)
      .number("grace_minutes", terms.grace_minutes)
      .number_or_null("daily_cap", terms.daily_cap ? std::optional{terms.daily_cap->paisa} : std::nullopt)
      .json("applies_to", types + ']');
  return only_row(rows);
}

rental_package read_package(const json_row& row) {
  rental_package package;
  package.id = row.id<package_id>("id");
  package.name = row.text("name");
  package.description = row.text("description");
  package.duration_minutes = row.small("duration_minutes");
  package.price = row.amount("price");
  package.type = row.word("type", parse_package_type);
  package.model = row.word("model", parse_payment_model);
  package.is_active = row.flag("is_active");
  return package;
}

late_fee_terms read_terms(const json_row& row) {
  late_fee_terms terms;
  terms.kind = row.word("kind", parse_late_fee_kind);
  terms.multiplier_hundredths = row.small("multiplier_hundredths");
  terms.flat_per_hour = row.amount("flat_per_hour");
  terms.grace_minutes = row.small("grace_minutes");
  if (!row.is_null("daily_cap")) terms.daily_cap = row.amount("daily_cap");
  const auto& types = row.field("applies_to");
  if (!types.is_array()) throw schema_mismatch{"applies_to is no array"};
  for (const auto& type : types.get_array()) {
    const auto* word = type.if_string();
    const auto known = parse_package_type(word == nullptr ? std::string_view{} : std::string_view{*word});
    if (!known) throw schema_mismatch{"applies_to names an unknown type"};
    terms.applies_to.push_back(*known);
  }
  return terms;
}

}  // namespace chautari
