#include "persistence/pricing/rows.hpp"

#include "persistence/base/json_rows.hpp"

namespace chautari {
namespace {

void add_package(json_rows& row, const rental_package& package) {
  row.id("id", package.id)
      .text("name", package.name)
      .text("description", package.description)
      .number("duration_minutes", package.duration_minutes)
      .number("price", package.price)
      .text("type", to_string(package.type))
      .text("model", to_string(package.model))
      .flag("is_active", package.is_active);
}

void add_terms(json_rows& row, const late_fee_terms& terms) {
  std::string types = "[";
  for (const auto type : terms.applies_to) {
    if (types.size() > 1) types += ',';
    append_json_string(types, to_string(type));
  }
  row.text("kind", to_string(terms.kind))
      .number("multiplier_hundredths", terms.multiplier_hundredths)
      .number("flat_per_hour", terms.flat_per_hour)
      .number("grace_minutes", terms.grace_minutes)
      .number_or_null("daily_cap", terms.daily_cap ? std::optional{terms.daily_cap->paisa} : std::nullopt)
      .json("applies_to", types + ']');
}

}  // namespace

std::string package_as_json(const rental_package& package) {
  json_rows rows;
  add_package(rows.row(), package);
  return rows.only();
}

std::string terms_as_json(const late_fee_terms& terms, const lost_terms& lost) {
  json_rows rows;
  add_terms(rows.row(), terms);
  rows.number("lost_penalty", lost.penalty).number("lost_after_hours", lost.after_hours);
  return rows.only();
}

void add_image(batch_rows& rows, const rental_package& package) {
  if (!rows.is_newest('g', package.id.value)) return;
  add_package(rows.packages.row(), package);
  rows.packages.json_or_null("metadata", package.metadata);
}

void add_image(batch_rows& rows, const late_fee_configuration& configuration) {
  if (!rows.is_newest('h', configuration.id.value)) return;
  rows.late_fees.row().id("id", configuration.id).text("name", configuration.name);
  add_terms(rows.late_fees, configuration.terms);
  rows.late_fees.flag("is_active", configuration.is_active).json_or_null("metadata", configuration.metadata);
}

void add_image(batch_rows& rows, const station_discount& discount) {
  if (!rows.is_newest('d', discount.id.value)) return;
  rows.discounts.row()
      .id("id", discount.id)
      .id("station_id", discount.station)
      .id("package_id", discount.package)
      .number("percent_hundredths", discount.percent_hundredths)
      .number("uses_per_user_max", discount.uses_per_user_max)
      .time("valid_from", discount.valid_from)
      .time("valid_until", discount.valid_until)
      .text("status", to_string(discount.status))
      .flag("may_be_free", discount.may_be_free)
      .text("created_by", discount.created_by)
      .time("created_at", discount.created_at);
  if (discount.total_uses_max) rows.discounts.number("total_uses_max", *discount.total_uses_max);
}

void add_image(batch_rows& rows, const discount_use& use) {
  if (!rows.is_newest('e', use.discount.value, use.rental.value)) return;
  rows.discount_uses.row()
      .id("discount_id", use.discount)
      .id("rental_id", use.rental)
      .id("rider_id", use.rider)
      .text("state", to_string(use.state))
      .time("changed_at", use.at);
}

void add_image(batch_rows& rows, const price_row_removed& gone) {
  switch (gone.table) {
    case price_table::packages:
      if (rows.is_newest('g', gone.id)) rows.removed_packages.row().id("id", gone.id);
      return;
    case price_table::late_fees:
      if (rows.is_newest('h', gone.id)) rows.removed_late_fees.row().id("id", gone.id);
      return;
    case price_table::discounts:
      if (rows.is_newest('d', gone.id)) rows.removed_discounts.row().id("id", gone.id);
      return;
    case price_table::partners:
      if (rows.is_newest('P', gone.id)) rows.removed_partners.row().id("id", gone.id);
      return;
    case price_table::station_partners:
      return;  // They end, and stay.
  }
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
  if (row.has("metadata")) package.metadata = row.json("metadata");
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

lost_terms read_lost_terms(const json_row& row) {
  lost_terms lost;
  if (row.has("lost_penalty")) lost.penalty = row.amount("lost_penalty");
  if (row.has("lost_after_hours")) lost.after_hours = row.small("lost_after_hours");
  return lost;
}

late_fee_configuration read_configuration(const json_row& row) {
  return {row.id<late_fee_id>("id"), row.text("name"), read_terms(row), row.flag("is_active"),
          row.json("metadata")};
}

station_discount read_discount(const json_row& row) {
  station_discount discount;
  discount.id = row.id<discount_id>("id");
  discount.station = row.id<station_id>("station_id");
  discount.package = row.id<package_id>("package_id");
  discount.percent_hundredths = row.small("percent_hundredths");
  if (!row.is_null("total_uses_max")) discount.total_uses_max = row.small("total_uses_max");
  discount.uses_per_user_max = row.small("uses_per_user_max");
  discount.valid_from = row.time("valid_from");
  discount.valid_until = row.time("valid_until");
  discount.status = row.word("status", parse_discount_status);
  discount.may_be_free = row.flag("may_be_free");
  discount.used = row.small("used");
  discount.reserved = row.small("reserved");
  discount.created_by = row.text("created_by");
  discount.created_at = row.time("created_at");
  return discount;
}

}  // namespace chautari
