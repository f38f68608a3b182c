/// What riders report about a station.
#include <boost/json.hpp>

#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "http/stations/care_json.hpp"
#include "http/stations/reports.hpp"
#include "http/stations/station_care.hpp"

namespace chautari {
namespace {

constexpr std::size_t description_longest = 500;  ///< Characters.

station_issue_type read_type(field_reader& fields) {
  const auto word = fields.text("issue_type", {.shortest = 1, .longest = 32});
  const auto type = parse_station_issue_type(word);
  if (!type && !word.empty()) fields.note("issue_type", "not_a_choice");
  return type.value_or(station_issue_type::offline);
}

void report(exchange& in, const station_care& care) {
  const auto* station = care.stations.table(in).find(station_sn{std::string{in.path_text("sn")}});
  if (station == nullptr) return answer_refusal(in, caf::make_error(station_refusal::station_not_found));
  field_reader fields{in};
  report_issue wish;
  wish.station = station->view.facts.id;
  wish.reporter = in.user();
  wish.type = read_type(fields);
  wish.description = read_report_text(fields, description_longest);
  wish.images = read_report_images(fields);
  static_cast<void>(fields.raw("priority"));  // Old clients send one; it is the operators' to set.
  if (!fields.complete(in)) return;
  const issue_view named{{}, station->view.facts.serial, station->view.facts.name, {}, {}};
  in.ask<station_issue_image>(
      care.issues, std::move(wish),
      [named](exchange& out, const station_issue_image& issue) {
        auto view = named;
        view.issue = issue;
        out.answer_created(boost::json::serialize(own_issue_json(view)));
      },
      answer_refusal);
}

/// What is wrong here, without anybody's words or name.
boost::json::object public_issue_json(const exchange&, const issue_view& view) {
  const auto& issue = view.issue;
  return {{"issue_type", to_string(issue.type)},
          {"status", to_string(issue.status)},
          {"reported_at", to_rfc3339(issue.reported_at)},
          {"resolved_at",
           issue.resolved_at ? boost::json::value(to_rfc3339(*issue.resolved_at)) : boost::json::value{}}};
}

void list_of_station(exchange& in, const station_care& care) {
  const auto* station = care.stations.table(in).find(station_sn{std::string{in.path_text("sn")}});
  if (station == nullptr) return answer_refusal(in, caf::make_error(station_refusal::station_not_found));
  auto fields = field_reader::of_query(in);
  const auto page = read_feed_page(fields);
  if (!fields.complete(in)) return;
  list_issues question;
  question.station = station->view.facts.id;
  answer_reports<issue_page>(in, care.reader, std::move(question), page, public_issue_json);
}

void list_types(exchange& in) {
  in.answer_cached(
      R"({"station":["OFFLINE","DAMAGED","DIRTY","LOCATION_WRONG","SLOT_ERROR","AMENITY_ISSUE"],)"
      R"("rental":["POWER_BANK_DAMAGED","POWER_BANK_LOST","CHARGING_ISSUE","RETURN_ISSUE"]})",
      "public, max-age=3600");
}

const std::vector<query_field> feed_fields{{"cursor", "from the answer before"},
                                           {"limit", "1..100, default 20"},
                                           {"page", "from 1, instead of a cursor"},
                                           {"page_size", "with page"}};

}  // namespace

endpoints issue_report_endpoints(const station_care& care) {
  return {{.verb = http_method::post,
           .path = "/api/stations/{sn}/report-issue",
           .who = access::user_access,
           .summary = "Something is wrong with a station",
           .handle = [&care](exchange& in) { report(in, care); },
           .body = body_kind::json,
           .rates = {issue_report_rate}},
          list_own_reports_row(care),
          {.path = "/api/stations/{sn}/issues",
           .who = access::user_access,
           .summary = "What has been reported about a station, without anybody's words or name",
           .handle = [&care](exchange& in) { list_of_station(in, care); },
           .query = feed_fields},
          {.path = "/api/app/issue-types",
           .summary = "What can be reported about stations and rentals",
           .handle = list_types}};
}

}  // namespace chautari
