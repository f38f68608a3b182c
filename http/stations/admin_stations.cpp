/// One station at the operators' door: made, looked at, changed, put in maintenance, taken away.
#include <boost/json/serialize.hpp>

#include "http/server/desk.hpp"
#include "http/stations/care_json.hpp"
#include "http/stations/station_care.hpp"
#include "http/stations/station_fields.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

constexpr text_limits reason_limits{.longest = limits::reason_bytes_max};

void answer_inside(exchange& out, const station_inside& inside) {
  out.answer(boost::json::serialize(admin_station_detail(inside)));
}

void show(exchange& in, const station_care& care) {
  const auto* station = operators_station(in, care);
  if (station == nullptr) return;
  in.ask<station_inside>(care.office, look_inside{station->view.facts.id}, answer_inside, answer_refusal);
}

/// The list of amenities first, so that one answer can name everything that is wrong.
template <class Go>
void with_amenities(exchange& in, const station_care& care, Go go) {
  in.ask<amenity_list>(
      care.amenities, look_at_amenities{},
      [go](exchange& out, const amenity_list& known) { go(out, known.amenities); }, answer_refusal);
}

void create(exchange& in, const station_care& care) {
  with_amenities(in, care, [&care](exchange& out, const std::vector<amenity_image>& known) {
    field_reader fields{out};
    const auto given = read_station_changes(fields, out.json(), known, true);
    create_station wish;
    wish.banks = read_placements(fields);
    wish.facts.is_maintenance = fields.optional_flag("is_maintenance").value_or(false);
    if (!fields.complete(out)) return;
    wish.facts.serial = *given.serial;
    wish.facts.cabinet = *given.cabinet;
    wish.facts.name = *given.name;
    wish.facts.address = *given.address;
    wish.facts.landmark = given.landmark.value_or("");
    wish.facts.description = given.description.value_or("");
    wish.facts.latitude = *given.latitude;
    wish.facts.longitude = *given.longitude;
    wish.facts.total_slots = *given.total_slots;
    wish.facts.port_one_offset = given.port_one_offset.value_or(wish.facts.port_one_offset);
    wish.facts.opening_minute = given.opening_minute.value_or(-1);
    wish.facts.closing_minute = given.closing_minute.value_or(-1);
    wish.facts.media = given.media.value_or("[]");
    wish.facts.amenities = given.amenities.value_or("[]");
    wish.stamp = out.operator_stamp();
    out.ask<station_inside>(
        care.office, std::move(wish),
        [](exchange& last, const station_inside& born) {
          last.answer_created(boost::json::serialize(admin_station_detail(born)));
        },
        answer_refusal);
  });
}

void change(exchange& in, const station_care& care) {
  const auto* station = operators_station(in, care);
  if (station == nullptr) return;
  const auto id = station->view.facts.id;
  with_amenities(in, care, [&care, id](exchange& out, const std::vector<amenity_image>& known) {
    field_reader fields{out};
    change_station wish{id, read_station_changes(fields, out.json(), known, false), {}};
    if (!fields.complete(out)) return;
    wish.stamp = out.operator_stamp();
    out.ask<station_inside>(care.office, std::move(wish), answer_inside, answer_refusal);
  });
}

void maintain(exchange& in, const station_care& care) {
  const auto* station = operators_station(in, care);
  if (station == nullptr) return;
  field_reader fields{in};
  set_maintenance wish;
  wish.station = station->view.facts.id;
  wish.is_maintenance = fields.flag("is_maintenance");
  wish.reason = fields.optional_text("reason", reason_limits).value_or("");
  if (wish.is_maintenance && wish.reason.empty()) fields.note("reason", "required");
  if (!fields.complete(in)) return;
  wish.stamp = in.operator_stamp();
  in.ask<station_inside>(care.office, std::move(wish), answer_inside, answer_refusal);
}

void remove(exchange& in, const station_care& care) {
  const auto* station = operators_station(in, care);
  if (station == nullptr) return;
  auto fields = field_reader::of_query(in);
  delete_station wish;
  wish.station = station->view.facts.id;
  wish.reason = fields.optional_text("reason", reason_limits).value_or("");
  if (!fields.complete(in)) return;
  wish.stamp = in.operator_stamp();
  in.ask<void>(
      care.office, std::move(wish), [](exchange& out) { out.answer(R"({"is_deleted":true})"); },
      answer_refusal);
}

}  // namespace

endpoints admin_station_rows(const station_care& care) {
  const std::string one = "/api/admin/stations/{sn}";
  const operator_need looks{permission::stations, need::read};
  const operator_need writes{permission::stations, need::write};
  endpoints rows;
  rows.push_back(operators_row(http_method::get, one, "A station with its slots, banks and hardware", looks,
                               show, care));
  rows.push_back(operators_row(http_method::post, "/api/admin/stations",
                               "A new station; its banks all or none", writes, create, care));
  rows.push_back(operators_row(http_method::patch, one,
                               "Change a station; what is absent stays, all of it or nothing", writes, change,
                               care));
  rows.push_back(operators_row(http_method::post, one + "/maintenance",
                               "In maintenance nobody rents here; returns are taken", writes, maintain,
                               care));
  rows.push_back(operators_row(http_method::remove, one,
                               "Take a station away; not with banks inside or rentals open", writes, remove,
                               care));
  rows.back().query = {{"reason", "for the audit log"}};
  return rows;
}

}  // namespace chautari
