#include "http/operations/paging.hpp"
#include "http/rentals/admin_rentals.hpp"
#include "http/server/desk.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/rentals/explanation.hpp"

namespace chautari {
namespace {

constexpr hours looked_back{24};
constexpr hours looked_back_max{7 * 24};
constexpr std::int64_t rows_unsaid = 200;

void explain(exchange& in, const admin_rentals& door) {
  const station_sn serial{std::string{in.path_text("sn")}};
  const auto* station = door.stations.table(in).find_any(serial);
  if (station == nullptr) return answer_refusal(in, refuse(station_refusal::station_not_found));
  auto fields = field_reader::of_query(in);
  load_cabinet_explanation question;
  question.cabinet = station->view.facts.cabinet;
  question.station = station->view.facts.id;
  question.until = read_day_or_time(fields, "until", true).value_or(in.now() + seconds{1});
  question.from = read_day_or_time(fields, "from", false).value_or(question.until - looked_back);
  if (question.from >= question.until || question.until - question.from > looked_back_max)
    fields.note("from", "out_of_range", "At most 7 days before `until`.");
  question.limit = static_cast<std::int32_t>(
      fields.optional_integer("limit", {.least = 1, .most = limits::rental_story_rows_max})
          .value_or(rows_unsaid));
  if (!fields.complete(in)) return;
  in.ask<cabinet_explanation>(
      door.reader, std::move(question),
      [serial](exchange& out, const cabinet_explanation& found) {
        out.answer(cabinet_explanation_json(found, serial));
      },
      answer_refusal);
}

}  // namespace

endpoint admin_explain_cabinet_row(const admin_rentals& door) {
  return {.path = "/api/admin/stations/{sn}/explanation",
          .who = access::admin_access,
          .summary = "What happened at a cabinet and why, newest first: decisions, commands, reports, status",
          .handle = [&door](exchange& in) { explain(in, door); },
          .query = {{"from", "a day in Nepal or RFC 3339; 24 h before `until` without it, 7 days at most"},
                    {"until", "the day included, the moment not; now without it"},
                    {"limit", "1..500 of each kind, default 200"}},
          .wants = operator_need{permission::stations, need::read}};
}

}  // namespace chautari
