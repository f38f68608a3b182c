#include "http/operations/paging.hpp"
#include "http/operations/refusals.hpp"
#include "http/rentals/admin_rentals.hpp"
#include "http/rentals/rentals_door.hpp"
#include "http/server/desk.hpp"
#include "protocols/rentals/views.hpp"

namespace chautari {
namespace {

/// Since when, for `recent`; today begins at midnight in Nepal.
std::optional<timestamp> read_recent(field_reader& fields, timestamp now) {
  const timestamp today{std::chrono::days{business_day(now)} - nepal_offset};
  return fields.optional_choice<timestamp>("recent", {{"today", today},
                                                      {"24h", now - hours{24}},
                                                      {"7d", now - hours{7 * 24}},
                                                      {"30d", now - hours{30 * 24}}});
}

search_rentals read_search(field_reader& fields, timestamp now) {
  search_rentals wanted;
  read_rental_filters(fields, wanted);
  wanted.rider = fields.optional_id<user_id>("user_id");
  wanted.search = fields.optional_text("search", {.shortest = 2, .longest = 200}).value_or("");
  const auto since = read_recent(fields, now);
  if (since && (wanted.from || wanted.until))
    fields.note("recent", "conflict", "Give recent or dates, not both.");
  if (since) wanted.from = since;
  wanted.order = fields
                     .optional_choice<rental_order>("ordering", {{"-created_at", rental_order::newest},
                                                                 {"created_at", rental_order::oldest},
                                                                 {"due_at", rental_order::due_first},
                                                                 {"-due_at", rental_order::due_last}})
                     .value_or(rental_order::newest);
  return wanted;
}

void list(exchange& in, const reader_actor& reader) {
  auto fields = field_reader::of_query(in);
  const auto page = read_table_page(fields);
  auto wanted = read_search(fields, in.now());
  if (!fields.complete(in)) return;
  wanted.page = static_cast<std::int32_t>(page.page);
  wanted.limit = static_cast<std::int32_t>(page.size);
  in.ask<rental_table>(
      reader, std::move(wanted),
      [page](exchange& out, const rental_table& found) {
        std::string data = R"({"results":[)";
        for (const auto& row : found.rentals) {
          if (data.back() != '[') data += ',';
          data += admin_rental_json(row);
        }
        append_table_end(data, page, found.total);
        out.answer(data);
      },
      answer_refusal);
}

}  // namespace

endpoints admin_rental_endpoints(const admin_rentals& door) {
  endpoints rows{admin_list_rentals_row(door.reader),  admin_show_rental_row(door.reader),
                 admin_rental_events_row(door.reader), admin_explain_rental_row(door.reader),
                 admin_explain_cabinet_row(door),      force_complete_row(door)};
  for (auto more : {admin_rental_issue_rows(door), admin_rental_figures_rows(door.reader)})
    rows.insert(rows.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  return rows;
}

endpoint admin_list_rentals_row(const reader_actor& reader) {
  return {.path = "/api/admin/rentals",
          .who = access::admin_access,
          .summary = "Everybody's rentals",
          .handle = [reader](exchange& in) { list(in, reader); },
          .query = {{"status", "PENDING_POPUP, ACTIVE, OVERDUE, COMPLETED or CANCELLED"},
                    {"payment_status", "PENDING, PAID or REFUNDED"},
                    {"user_id", "whose"},
                    {"station_id", "where it began or ended"},
                    {"search", "2..200 characters of code, rider, station or bank"},
                    {"recent", "today (in Nepal), 24h, 7d or 30d"},
                    {"start_date", "day in Nepal or RFC 3339"},
                    {"end_date", "day in Nepal (whole) or RFC 3339"},
                    {"ordering", "-created_at, created_at, due_at or -due_at"},
                    {"page", "from 1"},
                    {"page_size", "1..100, default 20"}},
          .wants = operator_need{permission::rentals, need::read}};
}

}  // namespace chautari
