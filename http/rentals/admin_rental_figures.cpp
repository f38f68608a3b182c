#include "http/operations/paging.hpp"
#include "http/operations/refusals.hpp"
#include "http/rentals/admin_rentals.hpp"
#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"

namespace chautari {
namespace {

constexpr hours looked_back{30 * 24};
/// A chart of more says nothing, and the question would hold up the others.
constexpr hours span_max{366 * 24};

void answer_figures(exchange& in, const reader_actor& reader, rental_figure what) {
  auto fields = field_reader::of_query(in);
  load_rental_figures question;
  question.what = what;
  question.until = read_day_or_time(fields, "end_date", true).value_or(in.now() + seconds{1});
  question.from = read_day_or_time(fields, "start_date", false).value_or(question.until - looked_back);
  if (question.until <= question.from || question.until - question.from > span_max)
    fields.note("end_date", "out_of_range", "One minute to 366 days after start_date.");
  if (what == rental_figure::over_time) {
    question.period = fields
                          .optional_choice<std::string>(
                              "period", {{"daily", "day"}, {"weekly", "week"}, {"monthly", "month"}})
                          .value_or("day");
    question.status =
        fields.optional_choice<rental_status>("status", {{"PENDING_POPUP", rental_status::pending_popup},
                                                         {"ACTIVE", rental_status::active},
                                                         {"OVERDUE", rental_status::overdue},
                                                         {"COMPLETED", rental_status::completed},
                                                         {"CANCELLED", rental_status::cancelled}});
  } else {
    question.limit =
        static_cast<std::int32_t>(fields.optional_integer("limit", {.least = 1, .most = 100}).value_or(10));
  }
  if (!fields.complete(in)) return;
  const auto from = question.from, until = question.until;
  in.ask<rental_figures>(
      reader, std::move(question),
      [from, until](exchange& out, const rental_figures& found) {
        out.answer(R"({"results":)" + found.rows + R"(,"from":")" + to_rfc3339(from) + R"(","until":")" +
                   to_rfc3339(until) + R"(","as_of":")" + to_rfc3339(out.now()) + R"("})");
      },
      answer_refusal);
}

endpoint figures_row(std::string path, std::string summary, const reader_actor& reader, rental_figure what,
                     std::vector<query_field> query) {
  query.insert(query.end(), {{"start_date", "day in Nepal or RFC 3339; 30 days before end_date"},
                             {"end_date", "day in Nepal (whole) or RFC 3339; now"}});
  return {.path = std::move(path),
          .who = access::admin_access,
          .summary = std::move(summary),
          .handle = [reader, what](exchange& in) { answer_figures(in, reader, what); },
          .query = std::move(query),
          .wants = {{permission::analytics, need::read}}};
}

}  // namespace

endpoints admin_rental_figures_rows(const reader_actor& reader) {
  const query_field most{"limit", "1..100"};
  return {figures_row("/api/admin/analytics/rentals-over-time", "Rentals by day, week or month in Nepal",
                      reader, rental_figure::over_time,
                      {{"period", "daily, weekly or monthly"}, {"status", "only these"}}),
          figures_row("/api/admin/analytics/station-performance",
                      "Stations by what was charged for the rentals that began there", reader,
                      rental_figure::of_stations, {most}),
          figures_row("/api/admin/analytics/powerbank-rentals", "Banks by how often they were out", reader,
                      rental_figure::of_banks, {most})};
}

}  // namespace chautari
