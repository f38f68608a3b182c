/// What riders report about a station, and what became of it.
#include <boost/json.hpp>

#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "http/stations/care_json.hpp"
#include "http/stations/station_care.hpp"
#include "http/stations/station_fields.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

constexpr std::size_t description_shortest = 10;  ///< Characters.
constexpr std::size_t description_longest = 500;
constexpr std::int64_t reports_an_hour = 10;

station_issue_type read_type(field_reader& fields) {
  const auto word = fields.text("issue_type", {.shortest = 1, .longest = 32});
  const auto type = parse_station_issue_type(word);
  if (!type && !word.empty()) fields.note("issue_type", "not_a_choice");
  return type.value_or(station_issue_type::offline);
}

std::string read_description(field_reader& fields) {
  auto text = fields.text("description", {.shortest = 1, .longest = 4 * description_longest});
  const auto characters = count_characters(text);
  if (!text.empty() && characters < description_shortest) fields.note("description", "too_short");
  if (characters > description_longest) fields.note("description", "too_long");
  return text;
}

/// At most five files of our own media store.
std::string read_images(field_reader& fields) {
  const auto* given = fields.raw("images");
  if (given == nullptr) return "[]";
  const auto* list = given->if_array();
  if (list == nullptr || list->size() > limits::issue_images_max) {
    fields.note("images", list == nullptr ? "wrong_type" : "too_long");
    return {};
  }
  for (std::size_t at = 0; at < list->size(); ++at) {
    const auto* url = (*list)[at].if_string();
    if (url == nullptr || !is_own_media(std::string_view{*url}))
      fields.note("images[" + std::to_string(at) + ']', "malformed");
  }
  return boost::json::serialize(*list);
}

void report(exchange& in, const station_care& care) {
  const auto* station = care.stations.table(in).find(station_sn{std::string{in.path_text("sn")}});
  if (station == nullptr) return answer_refusal(in, caf::make_error(station_refusal::station_not_found));
  field_reader fields{in};
  report_issue wish;
  wish.station = station->view.facts.id;
  wish.reporter = in.user();
  wish.type = read_type(fields);
  wish.description = read_description(fields);
  wish.images = read_images(fields);
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

template <class Show>
void answer_feed(exchange& in, const station_care& care, list_issues question, const feed_page& page,
                 Show shown) {
  question.cursor = page.cursor;
  question.page = page.page;
  question.limit = page.limit;
  in.ask<issue_page>(
      care.reader, std::move(question),
      [page, shown](exchange& out, const issue_page& found) {
        auto data = begin_results(found.issues, shown);
        append_feed_end(data, page, found.next_cursor, found.total);
        out.answer(data);
      },
      answer_page_refusal);
}

void list_own(exchange& in, const station_care& care) {
  auto fields = field_reader::of_query(in);
  const auto page = read_feed_page(fields);
  enum class scope { all, station, rental };
  const auto wanted =
      fields
          .optional_choice<scope>(
              "issue_scope", {{"all", scope::all}, {"station", scope::station}, {"rental", scope::rental}})
          .value_or(scope::all);
  list_issues question;
  question.from = read_day_or_time(fields, "start_date", false);
  question.until = read_day_or_time(fields, "end_date", true);
  if (!fields.complete(in)) return;
  if (wanted == scope::rental) {  // Rentals cannot be complained about yet: none is there.
    std::string none = R"({"results":[)";
    append_feed_end(none, page, {}, 0);
    return in.answer(none);
  }
  question.reporter = in.user();
  answer_feed(in, care, std::move(question), page, own_issue_json);
}

/// What is wrong here, without anybody's words or name.
boost::json::object public_issue_json(const issue_view& view) {
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
  answer_feed(in, care, std::move(question), page, public_issue_json);
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
  endpoint own{.path = "/api/issues/my-reports",
               .who = access::user_access,
               .summary = "What the rider has reported, newest first",
               .handle = [&care](exchange& in) { list_own(in, care); },
               .aliases = {"/api/stations/my-reports"},
               .query = feed_fields};
  own.query.push_back({"issue_scope", "all, station or rental"});
  own.query.push_back({"start_date", "a day in Nepal, or a time"});
  own.query.push_back({"end_date", "the same; a day is meant whole"});
  return {{.verb = http_method::post,
           .path = "/api/stations/{sn}/report-issue",
           .who = access::user_access,
           .summary = "Something is wrong with a station",
           .handle = [&care](exchange& in) { report(in, care); },
           .body = body_kind::json,
           .rates = {{.name = "issue-report",
                      .burst = reports_an_hour,
                      .per = milliseconds{3'600'000},
                      .by = rate_key::user}}},
          std::move(own),
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
