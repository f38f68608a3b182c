/// What riders reported about rentals, at the operators' door.

#include <boost/json/serialize.hpp>

#include "http/rentals/admin_rentals.hpp"
#include "http/rentals/rental_issue_json.hpp"
#include "http/stations/reports.hpp"
#include "http/stations/station_fields.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

constexpr std::size_t notes_longest = 500;  ///< Characters.

std::optional<bool> read_is_resolved(field_reader& fields) {
  return fields.optional_choice<bool>("status", {{"REPORTED", false}, {"RESOLVED", true}});
}

bool sees_riders(const exchange& in) { return is_allowed(in.role(), permission::users, need::read); }

void answer_issue(exchange& in, const rental_issue_view& view) {
  in.answer(boost::json::serialize(rental_issue_json(view, sees_riders(in))));
}

void fail_not_found(exchange& in) { answer_refusal(in, refuse(rental_refusal::rental_issue_not_found)); }

std::optional<issue_id> issue_of_path(exchange& in) {
  const auto id = issue_id::parse(in.path_text("id"));
  if (!id) fail_not_found(in);
  return id;
}

list_rental_issues read_question(field_reader& fields) {
  list_rental_issues question;
  question.is_resolved = read_is_resolved(fields);
  question.type = fields.optional_choice<rental_issue_type>(
      "type", {{"POWER_BANK_DAMAGED", rental_issue_type::power_bank_damaged},
               {"POWER_BANK_LOST", rental_issue_type::power_bank_lost},
               {"CHARGING_ISSUE", rental_issue_type::charging_issue},
               {"RETURN_ISSUE", rental_issue_type::return_issue}});
  question.rental = fields.optional_id<rental_id>("rental_id");
  question.reporter = fields.optional_id<user_id>("user_id");
  question.from = read_day_or_time(fields, "from", false);
  question.until = read_day_or_time(fields, "until", true);
  return question;
}

void list(exchange& in, const admin_rentals& door) {
  auto fields = field_reader::of_query(in);
  const auto page = read_feed_page(fields);
  auto question = read_question(fields);
  if (!fields.complete(in)) return;
  answer_reports<rental_issue_page>(in, door.reader, std::move(question), page,
                                    [](const exchange& out, const rental_issue_view& view) {
                                      return rental_issue_json(view, sees_riders(out));
                                    });
}

void show(exchange& in, const admin_rentals& door) {
  const auto id = issue_of_path(in);
  if (!id) return;
  list_rental_issues question;
  question.issue = *id;
  in.ask<rental_issue_page>(
      door.reader, std::move(question),
      [](exchange& out, const rental_issue_page& found) {
        if (found.issues.empty()) return fail_not_found(out);
        answer_issue(out, found.issues.front());
      },
      answer_refusal);
}

void change(exchange& in, const admin_rentals& door) {
  const auto id = issue_of_path(in);
  if (!id) return;
  field_reader fields{in};
  change_rental_issue wish;
  wish.issue = *id;
  wish.is_resolved = read_is_resolved(fields);
  wish.notes = fields.optional_text("notes", {.longest = 4 * notes_longest});
  if (wish.notes && count_characters(*wish.notes) > notes_longest) fields.note("notes", "too_long");
  if (!fields.complete(in)) return;
  wish.by = in.operator_stamp();
  in.ask<rental_issue_view>(door.issues, std::move(wish), answer_issue, answer_refusal);
}

void remove(exchange& in, const admin_rentals& door) {
  const auto id = issue_of_path(in);
  if (!id) return;
  in.ask<void>(
      door.issues, delete_rental_issue{*id, in.operator_stamp()},
      [](exchange& out) { out.answer(R"({"is_deleted":true})"); }, answer_refusal);
}

endpoint row(http_method verb, std::string path, std::string summary, need level,
             void (*handle)(exchange&, const admin_rentals&), const admin_rentals& door) {
  return {.verb = verb,
          .path = std::move(path),
          .who = access::admin_access,
          .summary = std::move(summary),
          .handle = [handle, &door](exchange& in) { handle(in, door); },
          .body = verb == http_method::patch ? body_kind::json : body_kind::none,
          .wants = operator_need{permission::issues, level}};
}

}  // namespace

endpoints admin_rental_issue_rows(const admin_rentals& door) {
  const std::string all = "/api/admin/rentals/issues";
  const std::string one = "/api/admin/rentals/issues/{id}";
  endpoints rows{
      row(http_method::get, all, "What riders reported about rentals, newest first", need::read, list, door),
      row(http_method::get, one, "One report about a rental", need::read, show, door),
      row(http_method::patch, one, "Status and notes", need::write, change, door),
      row(http_method::remove, one, "Take a report about a rental away", need::write, remove, door)};
  rows.front().query = {{"status", "REPORTED or RESOLVED"},
                        {"type", "POWER_BANK_DAMAGED, POWER_BANK_LOST, CHARGING_ISSUE or RETURN_ISSUE"},
                        {"rental_id", "of a rental"},
                        {"user_id", "by a rider"},
                        {"from", "a day in Nepal, or a time"},
                        {"until", "the same; a day is meant whole"},
                        {"cursor", "next_cursor of the page before"},
                        {"limit", "1..100, default 20"},
                        {"page", "from 1, instead of a cursor"},
                        {"page_size", "the same as limit"}};
  return rows;
}

}  // namespace chautari
