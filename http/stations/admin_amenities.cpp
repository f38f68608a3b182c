#include <boost/json/serialize.hpp>

#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "http/stations/care_json.hpp"
#include "http/stations/station_care.hpp"
#include "http/stations/station_fields.hpp"

namespace chautari {
namespace {

constexpr text_limits icon_limits{.longest = 100};
constexpr text_limits description_limits{.longest = 1'000};

void answer_amenity(exchange& out, const amenity_image& amenity) {
  out.answer(boost::json::serialize(amenity_json(amenity)));
}

std::optional<amenity_id> amenity_of_path(exchange& in) {
  return id_of_path<amenity_id>(in, station_refusal::amenity_not_found);
}

/// At most 100 characters; blanks at either end would make two of one name.
void check_name(field_reader& fields, const std::string& name) {
  if (count_characters(name) > 100) fields.note("name", "too_long");
  if (!name.empty() && (name.front() == ' ' || name.back() == ' ')) fields.note("name", "malformed");
}

void list(exchange& in, const station_care& care) {
  auto fields = field_reader::of_query(in);
  const auto page = read_table_page(fields);
  if (!fields.complete(in)) return;
  in.ask<amenity_list>(
      care.amenities, look_at_amenities{},
      [page](exchange& out, const amenity_list& known) {
        auto data = begin_results(cut_page(known.amenities, page), amenity_json);
        append_table_end(data, page, static_cast<std::int64_t>(known.amenities.size()));
        out.answer(data);
      },
      answer_refusal);
}

void show(exchange& in, const station_care& care) {
  const auto id = amenity_of_path(in);
  if (!id) return;
  in.ask<amenity_list>(
      care.amenities, look_at_amenities{},
      [id](exchange& out, const amenity_list& known) {
        for (const auto& amenity : known.amenities)
          if (amenity.id == *id) return answer_amenity(out, amenity);
        answer_refusal(out, caf::make_error(station_refusal::amenity_not_found));
      },
      answer_refusal);
}

void create(exchange& in, const station_care& care) {
  field_reader fields{in};
  create_amenity wish;
  wish.amenity.name = fields.text("name", {.shortest = 1, .longest = 300});
  check_name(fields, wish.amenity.name);
  wish.amenity.icon = fields.optional_text("icon", icon_limits).value_or("");
  wish.amenity.description = fields.optional_text("description", description_limits).value_or("");
  wish.amenity.is_active = fields.optional_flag("is_active").value_or(true);
  if (!fields.complete(in)) return;
  wish.stamp = in.operator_stamp();
  in.ask<amenity_image>(
      care.amenities, std::move(wish),
      [](exchange& out, const amenity_image& amenity) {
        out.answer_created(boost::json::serialize(amenity_json(amenity)));
      },
      answer_refusal);
}

void change(exchange& in, const station_care& care) {
  const auto id = amenity_of_path(in);
  if (!id) return;
  field_reader fields{in};
  change_amenity wish;
  wish.amenity = *id;
  wish.name = fields.optional_text("name", {.shortest = 1, .longest = 300});
  if (wish.name) check_name(fields, *wish.name);
  wish.icon = fields.optional_text("icon", icon_limits);
  wish.description = fields.optional_text("description", description_limits);
  wish.is_active = fields.optional_flag("is_active");
  if (!fields.complete(in)) return;
  wish.stamp = in.operator_stamp();
  in.ask<amenity_image>(care.amenities, std::move(wish), answer_amenity, answer_refusal);
}

void remove(exchange& in, const station_care& care) {
  const auto id = amenity_of_path(in);
  if (!id) return;
  in.ask<void>(
      care.amenities, delete_amenity{*id, in.operator_stamp()},
      [](exchange& out) { out.answer(R"({"is_deleted":true})"); }, answer_refusal);
}

}  // namespace

endpoints admin_amenity_rows(const station_care& care) {
  const std::string all = "/api/admin/amenities";
  const std::string one = "/api/admin/amenities/{id}";
  const operator_need looks{permission::stations, need::read};
  const operator_need writes{permission::stations, need::write};
  return {operators_row(http_method::get, all, "Amenities by name", looks, list, care),
          operators_row(http_method::get, one, "One amenity", looks, show, care),
          operators_row(http_method::post, all, "A new amenity", writes, create, care),
          operators_row(http_method::patch, one, "Change an amenity, at every station that has it", writes,
                        change, care),
          operators_row(http_method::remove, one, "Take an amenity away that no station has", writes, remove,
                        care)};
}

}  // namespace chautari
