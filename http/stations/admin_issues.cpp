/// What riders reported, at the operators' door.
#include <boost/json/serialize.hpp>

#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "http/stations/care_json.hpp"
#include "http/stations/station_care.hpp"
#include "http/stations/station_fields.hpp"

namespace chautari {
namespace {

std::optional<issue_status> read_status(field_reader& fields) {
  return fields.optional_choice<issue_status>("status", {{"REPORTED", issue_status::reported},
                                                         {"ACKNOWLEDGED", issue_status::acknowledged},
                                                         {"IN_PROGRESS", issue_status::in_progress},
                                                         {"RESOLVED", issue_status::resolved}});
}

std::optional<issue_priority> read_priority(field_reader& fields) {
  return fields.optional_choice<issue_priority>("priority", {{"LOW", issue_priority::low},
                                                             {"MEDIUM", issue_priority::medium},
                                                             {"HIGH", issue_priority::high},
                                                             {"CRITICAL", issue_priority::critical}});
}

bool sees_riders(const exchange& in) { return is_allowed(in.role(), permission::users, need::read); }

void answer_issue(exchange& out, const issue_view& view) {
  out.answer(boost::json::serialize(issue_json(view, sees_riders(out))));
}

std::optional<issue_id> issue_of_path(exchange& in) {
  return id_of_path<issue_id>(in, station_refusal::issue_not_found);
}

list_issues read_question(exchange& in, field_reader& fields, const station_care& care) {
  list_issues question;
  question.status = read_status(fields);
  question.priority = read_priority(fields);
  const auto type = fields.optional_text("type", {.shortest = 1, .longest = 32});
  if (type) question.type = parse_station_issue_type(*type);
  if (type && !question.type) fields.note("type", "not_a_choice");
  question.station = read_station_filter(in, fields, care);
  question.assigned_to = fields.optional_id<operator_id>("assigned_to_id");
  question.search = fields.optional_text("search", {.shortest = 2, .longest = 200}).value_or("");
  question.from = read_day_or_time(fields, "start_date", false);
  question.until = read_day_or_time(fields, "end_date", true);
  return question;
}

void list(exchange& in, const station_care& care) {
  auto fields = field_reader::of_query(in);
  const auto page = read_table_page(fields);
  auto question = read_question(in, fields, care);
  if (!fields.complete(in)) return;
  question.page = static_cast<std::int32_t>(page.page);
  question.limit = static_cast<std::int32_t>(page.size);
  in.ask<issue_page>(
      care.reader, std::move(question),
      [page](exchange& out, const issue_page& found) {
        auto data =
            begin_results(found.issues, [&](const auto& view) { return issue_json(view, sees_riders(out)); });
        append_table_end(data, page, found.total);
        out.answer(data);
      },
      answer_refusal);
}

void show(exchange& in, const station_care& care) {
  const auto id = issue_of_path(in);
  if (!id) return;
  in.ask<issue_lookup>(
      care.reader, load_issue{*id},
      [](exchange& out, const issue_lookup& found) {
        if (found.issue && !found.issue->issue.is_deleted) return answer_issue(out, *found.issue);
        answer_refusal(out, caf::make_error(station_refusal::issue_not_found));
      },
      answer_refusal);
}

void change(exchange& in, const station_care& care) {
  const auto id = issue_of_path(in);
  if (!id) return;
  field_reader fields{in};
  change_issue wish;
  wish.issue = *id;
  wish.status = read_status(fields);
  wish.priority = read_priority(fields);
  wish.assigned_to = fields.optional_id<operator_id>("assigned_to_id");
  const auto* body = in.json().if_object();
  const auto* given = body == nullptr ? nullptr : body->if_contains("assigned_to_id");
  if (given != nullptr && given->is_null()) wish.assigned_to = operator_id{};
  wish.notes = fields.optional_text("notes", {.longest = 4'000});
  if (wish.notes && count_characters(*wish.notes) > 1'000) fields.note("notes", "too_long");
  if (!fields.complete(in)) return;
  wish.stamp = in.operator_stamp();
  in.ask<issue_view>(care.issues, std::move(wish), answer_issue, answer_refusal);
}

void remove(exchange& in, const station_care& care) {
  const auto id = issue_of_path(in);
  if (!id) return;
  in.ask<void>(
      care.issues, delete_issue{*id, in.operator_stamp()},
      [](exchange& out) { out.answer(R"({"is_deleted":true})"); }, answer_refusal);
}

}  // namespace

endpoints admin_issue_rows(const station_care& care) {
  const std::string all = "/api/admin/stations/issues";
  const std::string one = "/api/admin/stations/issues/{id}";
  const operator_need looks{permission::issues, need::read};
  const operator_need writes{permission::issues, need::write};
  endpoints rows;
  rows.push_back(
      operators_row(http_method::get, all, "What riders reported, newest first", looks, list, care));
  rows.back().query = {{"status", "REPORTED, ACKNOWLEDGED, IN_PROGRESS or RESOLVED"},
                       {"priority", "LOW, MEDIUM, HIGH or CRITICAL"},
                       {"type", "OFFLINE, DAMAGED, DIRTY, LOCATION_WRONG, SLOT_ERROR or AMENITY_ISSUE"},
                       {"station_id", "of a station"},
                       {"station_sn", "or its serial number"},
                       {"assigned_to_id", "of an operator"},
                       {"search", "in the description, the station's name and serial number"},
                       {"start_date", "a day in Nepal, or a time"},
                       {"end_date", "the same; a day is meant whole"},
                       {"page", "from 1"},
                       {"page_size", "1..100, default 20"}};
  rows.push_back(operators_row(http_method::get, one, "One issue", looks, show, care));
  rows.push_back(operators_row(http_method::patch, one,
                               "Status, priority, notes, who sees to it; resolving tells the reporter",
                               writes, change, care));
  rows.push_back(operators_row(http_method::remove, one, "Take an issue away", writes, remove, care));
  return rows;
}

}  // namespace chautari
