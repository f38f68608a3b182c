/// What a rider has reported, about stations and rentals, newest first. Both lists together are read from
/// both and merged: their page ends at a moment and an id, not at a place in either list.

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "http/rentals/rental_issue_json.hpp"
#include "http/stations/reports.hpp"
#include "http/stations/station_care.hpp"

namespace chautari {
namespace {

enum class report_scope { all, station, rental };

/// Reports of both kinds are read for at most so many of a page by number.
constexpr std::int32_t merged_rows_max = 1'000;
/// Read beyond a page: reports of the very millisecond the page before ended at, told already.
constexpr std::int32_t rows_to_spare = 8;

/// The last report that was told.
struct report_mark {
  timestamp at;
  std::string id;
};
std::string to_cursor(const report_mark& mark) { return std::to_string(to_ms(mark.at)) + '.' + mark.id; }
std::optional<report_mark> parse_mark(std::string_view cursor) {
  std::int64_t ms = 0;
  const auto [end, failed] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), ms);
  const auto read = static_cast<std::size_t>(end - cursor.data());
  if (failed != std::errc{} || read >= cursor.size() || cursor[read] != '.' || ms < 0) return {};
  const auto id = issue_id::parse(cursor.substr(read + 1));
  if (!id) return {};
  return report_mark{from_ms(ms), id->text()};
}

struct told_report {
  report_mark mark;
  boost::json::object shown;
};
[[nodiscard]] bool is_newer(const report_mark& a, const report_mark& b) {
  return a.at != b.at ? a.at > b.at : a.id > b.id;
}

/// What the caller asked for, whichever list it is.
struct report_question {
  user_id rider;
  std::optional<timestamp> from;
  std::optional<timestamp> until;
  feed_page page;
  std::optional<report_mark> after;
};

template <class Question>
Question ask_for(const report_question& asked) {
  Question question;
  question.reporter = asked.rider;
  question.from = asked.from;
  question.until = asked.until;
  question.page = asked.page.page;
  question.limit = asked.page.limit;
  return question;
}

// -- both together
// ------------------------------------------------------------------------------------------

struct merged_reports {
  std::vector<told_report> reports;
  bool has_more = false;  ///< In one of the lists, beyond what was read.
  std::int64_t total = 0;

  template <class Page, class Show>
  void add(const Page& found, Show shown) {
    for (const auto& view : found.issues)
      reports.push_back({{view.issue.reported_at, view.issue.id.text()}, shown(view)});
    has_more = has_more || !found.next_cursor.empty();
    total += found.total;
  }
};

void answer_merged(exchange& in, const report_question& asked, merged_reports found) {
  auto& all = found.reports;
  const auto& page = asked.page;
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return is_newer(a.mark, b.mark); });
  if (asked.after) std::erase_if(all, [&](const auto& one) { return !is_newer(*asked.after, one.mark); });
  const auto skipped = page.page > 0 ? static_cast<std::size_t>((page.page - 1) * page.limit) : 0;
  all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(skipped, all.size())));
  const auto limit = static_cast<std::size_t>(page.limit);
  const bool is_last = all.size() <= limit && !found.has_more;
  if (all.size() > limit) all.resize(limit);
  auto data = begin_results(all, [](const auto& one) { return one.shown; });
  append_feed_end(data, page, is_last || all.empty() ? std::string{} : to_cursor(all.back().mark),
                  found.total);
  in.answer(data);
}

void list_merged(exchange& in, const station_care& care, const report_question& asked) {
  auto wider = asked;
  if (asked.page.page > 0) {
    wider.page = {{}, 1, asked.page.page * asked.page.limit};
  } else {
    wider.page.limit += rows_to_spare;
  }
  if (asked.after) {
    const auto end = asked.after->at + milliseconds{1};
    wider.until = std::min(asked.until.value_or(end), end);
  }
  in.ask<issue_page>(
      care.reader, ask_for<list_issues>(wider),
      [&care, asked, wider](exchange& out, const issue_page& stations) {
        merged_reports found;
        found.add(stations, own_issue_json);
        out.ask<rental_issue_page>(
            care.reader, ask_for<list_rental_issues>(wider),
            [asked, found](exchange& later, const rental_issue_page& rentals) mutable {
              found.add(rentals, own_rental_issue_json);
              answer_merged(later, asked, std::move(found));
            },
            answer_page_refusal);
      },
      answer_page_refusal);
}

boost::json::object show_station_report(const exchange&, const issue_view& view) {
  return own_issue_json(view);
}
boost::json::object show_rental_report(const exchange&, const rental_issue_view& view) {
  return own_rental_issue_json(view);
}

void list_own(exchange& in, const station_care& care) {
  auto fields = field_reader::of_query(in);
  report_question asked;
  asked.page = read_feed_page(fields);
  const auto scope = fields
                         .optional_choice<report_scope>("issue_scope", {{"all", report_scope::all},
                                                                        {"station", report_scope::station},
                                                                        {"rental", report_scope::rental}})
                         .value_or(report_scope::all);
  asked.from = read_day_or_time(fields, "start_date", false);
  asked.until = read_day_or_time(fields, "end_date", true);
  if (scope == report_scope::all) {
    if (!asked.page.cursor.empty()) {
      asked.after = parse_mark(asked.page.cursor);
      if (!asked.after) fields.note("cursor", "malformed");
    }
    if (asked.page.page > merged_rows_max / asked.page.limit) fields.note("page", "out_of_range");
  }
  if (!fields.complete(in)) return;
  asked.rider = in.user();
  if (scope == report_scope::all) return list_merged(in, care, asked);
  if (scope == report_scope::station)
    return answer_reports<issue_page>(in, care.reader, ask_for<list_issues>(asked), asked.page,
                                      show_station_report);
  answer_reports<rental_issue_page>(in, care.reader, ask_for<list_rental_issues>(asked), asked.page,
                                    show_rental_report);
}

}  // namespace

endpoint list_own_reports_row(const station_care& care) {
  return {.path = "/api/issues/my-reports",
          .who = access::user_access,
          .summary = "What the rider has reported about stations and rentals, newest first",
          .handle = [&care](exchange& in) { list_own(in, care); },
          .aliases = {"/api/stations/my-reports"},
          .query = {{"issue_scope", "all, station or rental"},
                    {"start_date", "a day in Nepal, or a time"},
                    {"end_date", "the same; a day is meant whole"},
                    {"cursor", "next_cursor of the page before"},
                    {"limit", "1..100, default 20"},
                    {"page", "from 1, instead of a cursor"},
                    {"page_size", "with page"}}};
}

}  // namespace chautari
