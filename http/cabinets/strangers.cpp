/// Cabinets that called and that no station has: listed, made a station of, or sent away.

#include <boost/json.hpp>

#include "http/cabinets/cabinets_office.hpp"
#include "http/server/desk.hpp"
#include "http/stations/care_json.hpp"
#include "http/stations/station_fields.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/kiosks/cabinet_topic.hpp"

namespace chautari {
namespace {

boost::json::object stranger_json(const stranger_image& stranger) {
  return {{"imei", stranger.cabinet.value},
          {"status", to_string(stranger.state)},
          {"first_seen_at", to_rfc3339(stranger.first_seen_at)},
          {"last_seen_at", to_rfc3339(stranger.last_seen_at)},
          {"calls", stranger.calls},
          {"door", to_string(stranger.door)},
          {"address", stranger.address},
          {"sim", stranger.sim},
          {"hardware", stranger.hardware},
          {"notes", stranger.notes}};
}

void list(exchange& in, const cabinets_office& office) {
  auto fields = field_reader::of_query(in);
  list_strangers question;
  question.state = fields.optional_choice<stranger_state>("status", {{"WAITING", stranger_state::waiting},
                                                                     {"APPROVED", stranger_state::approved},
                                                                     {"REJECTED", stranger_state::rejected}});
  question.search = fields.optional_text("search", {.shortest = 2, .longest = 200}).value_or("");
  const auto page = read_table_page(fields);
  if (!fields.complete(in)) return;
  question.page = static_cast<std::int32_t>(page.page);
  question.limit = static_cast<std::int32_t>(page.size);
  in.ask<stranger_page>(
      office.care.reader, std::move(question),
      [page](exchange& out, const stranger_page& found) {
        auto data = begin_results(found.strangers, stranger_json);
        append_table_end(data, page, found.total);
        out.answer(data);
      },
      answer_refusal);
}

/// Goes on with a cabinet that called; else 404.
template <class Go>
void with_stranger(exchange& in, const cabinets_office& office, Go go) {
  const auto cabinet = parse_imei(in.path_text("imei"));
  if (!cabinet) return answer_registry_refusal(in, refuse(registry_refusal::unknown_cabinet));
  in.ask<registry_entry>(
      office.care.reader, load_registry_entry{*cabinet},
      [go, who = *cabinet](exchange& out, const registry_entry& entry) {
        if (!entry.stranger) return answer_registry_refusal(out, refuse(registry_refusal::unknown_cabinet));
        go(out, who);
      },
      answer_refusal);
}

judge_stranger judgement_of(const exchange& in, const imei& cabinet, stranger_state state,
                            std::string notes) {
  return {cabinet, state, std::move(notes), in.operator_stamp()};
}

/// The station is there; now its cabinet may come.
void let_in(exchange& in, const cabinets_office& office, const imei& cabinet, const station_inside& born) {
  in.ask<stranger_image>(
      office.registry, judgement_of(in, cabinet, stranger_state::approved, {}),
      [station = admin_station_detail(born)](exchange& out, const stranger_image&) {
        out.answer_created(boost::json::serialize(
            boost::json::object{{"station", station},
                                {"provisioning_until", to_rfc3339(out.now() + limits::provisioning_lasts)}}));
      },
      answer_registry_refusal);
}

void approve(exchange& in, const cabinets_office& office) {
  with_stranger(in, office, [&office](exchange& out, const imei& cabinet) {
    field_reader fields{out};
    auto body = out.json();
    if (auto* object = body.if_object()) (*object)["imei"] = cabinet.value;
    field_reader all{body};
    const auto given = read_station_changes(all, body, {}, true);
    for (const auto& problem : all.problems())
      fields.note(problem.field, problem.code, problem.message);
    for (const auto name :
         {"station_name", "serial_number", "latitude", "longitude", "address", "total_slots"})
      static_cast<void>(fields.raw(name));
    if (!fields.complete(out)) return;
    create_station wish;
    wish.facts.serial = *given.serial;
    wish.facts.cabinet = cabinet;
    wish.facts.name = *given.name;
    wish.facts.address = *given.address;
    wish.facts.latitude = *given.latitude;
    wish.facts.longitude = *given.longitude;
    wish.facts.total_slots = *given.total_slots;
    wish.facts.media = "[]";
    wish.facts.amenities = "[]";
    wish.stamp = out.operator_stamp();
    out.ask<station_inside>(
        office.care.office, std::move(wish),
        [&office, cabinet](exchange& last, const station_inside& born) {
          let_in(last, office, cabinet, born);
        },
        answer_refusal);
  });
}

void reject(exchange& in, const cabinets_office& office) {
  field_reader fields{in};
  auto reason = fields.text("reason", {.shortest = 1, .longest = limits::reason_bytes_max});
  if (!fields.complete(in)) return;
  with_stranger(in, office, [&office, reason = std::move(reason)](exchange& out, const imei& cabinet) {
    out.ask<stranger_image>(
        office.registry, judgement_of(out, cabinet, stranger_state::rejected, reason),
        [](exchange& last, const stranger_image& judged) {
          last.answer(boost::json::serialize(stranger_json(judged)));
        },
        answer_registry_refusal);
  });
}

endpoint judging_row(const cabinets_office& office, std::string_view verb, std::string summary,
                     void (*handle)(exchange&, const cabinets_office&)) {
  return {.verb = http_method::post,
          .path = "/api/admin/cabinets/unknown/{imei}/" + std::string{verb},
          .who = access::admin_access,
          .summary = std::move(summary),
          .handle = [handle, &office](exchange& in) { handle(in, office); },
          .body = body_kind::json,
          .wants = {{permission::stations, need::write}}};
}

}  // namespace

endpoints stranger_rows(const cabinets_office& office) {
  endpoints rows;
  rows.push_back({.path = "/api/admin/cabinets/unknown",
                  .who = access::admin_access,
                  .summary = "Cabinets that called and that no station has, last seen first",
                  .handle = [&office](exchange& in) { list(in, office); },
                  .query = {{"status", "WAITING, APPROVED or REJECTED"},
                            {"search", "In imei, SIM and address"},
                            {"page"},
                            {"page_size"}},
                  .wants = {{permission::stations, need::read}}});
  rows.push_back(
      judging_row(office, "approve", "Make a station of it; its next connect gets a login", approve));
  rows.push_back(judging_row(office, "reject", "It gets nothing; why is kept", reject));
  return rows;
}

}  // namespace chautari
