#include "http/operations/paging.hpp"
#include "http/operations/refusals.hpp"
#include "http/rentals/rentals_door.hpp"
#include "http/server/desk.hpp"
#include "protocols/rentals/views.hpp"

namespace chautari {
namespace {

list_rentals read_question(field_reader& fields, const feed_page& page) {
  list_rentals question;
  read_rental_filters(fields, question);
  question.cursor = page.cursor;
  question.page = page.page;
  question.limit = page.limit;
  return question;
}

void list(exchange& in, const rentals_door& door) {
  auto fields = field_reader::of_query(in);
  const auto page = read_feed_page(fields);
  auto question = read_question(fields, page);
  if (!fields.complete(in)) return;
  question.rider = in.user();
  in.ask<rental_page>(
      door.reader, std::move(question),
      [page](exchange& out, const rental_page& found) {
        std::string data = R"({"results":[)";
        for (const auto& rental : found.rentals) {
          if (data.back() != '[') data += ',';
          data += rental_item_json(rental, out.now());
        }
        append_feed_end(data, page, found.next_cursor, found.total);
        out.answer(data);
      },
      answer_page_refusal);
}

}  // namespace

endpoint list_rentals_row(const rentals_door& door) {
  return {.path = "/api/rentals/history",
          .who = access::user_access,
          .summary = "The rider's rentals, newest first",
          .handle = [&door](exchange& in) { list(in, door); },
          .query = {{"status", "PENDING_POPUP, ACTIVE, OVERDUE, COMPLETED or CANCELLED"},
                    {"payment_status", "PENDING, PAID or REFUNDED"},
                    {"start_date", "day in Nepal or RFC 3339"},
                    {"end_date", "day in Nepal (whole) or RFC 3339"},
                    {"station_id", "where it began"},
                    {"cursor", "next_cursor of the page before"},
                    {"limit", "1..100, default 20"},
                    {"page", "for old clients, instead of cursor"},
                    {"page_size", "the same as limit"}}};
}

}  // namespace chautari
