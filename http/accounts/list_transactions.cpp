#include "http/accounts/accounts_door.hpp"
#include "http/operations/paging.hpp"
#include "http/operations/refusals.hpp"
#include "http/server/desk.hpp"
#include "protocols/accounts/views.hpp"

namespace chautari {
namespace {

void list(exchange& in, const accounts_door& door) {
  auto fields = field_reader::of_query(in);
  const auto page = read_feed_page(fields);
  list_transactions question;
  question.kind = fields.optional_choice<transaction_kind>("transaction_type",
                                                           {{"TOPUP", transaction_kind::topup},
                                                            {"RENTAL", transaction_kind::rental},
                                                            {"RENTAL_DUE", transaction_kind::rental_due},
                                                            {"REFUND", transaction_kind::refund},
                                                            {"ADJUSTMENT", transaction_kind::adjustment}});
  question.status =
      fields.optional_choice<transaction_status>("status", {{"PENDING", transaction_status::pending},
                                                            {"SUCCESS", transaction_status::success},
                                                            {"FAILED", transaction_status::failed},
                                                            {"REFUNDED", transaction_status::refunded}});
  question.from = read_day_or_time(fields, "start_date", false);
  question.until = read_day_or_time(fields, "end_date", true);
  if (question.from && question.until && *question.until < *question.from)
    fields.note("end_date", "out_of_range");
  if (!fields.complete(in)) return;
  question.rider = in.user();
  question.cursor = page.cursor;
  question.page = page.page;
  question.limit = page.limit;
  in.ask<transaction_page>(
      door.reader, std::move(question),
      [page](exchange& out, const transaction_page& found) {
        std::string data = R"({"results":[)";
        for (const auto& row : found.transactions) {
          if (data.back() != '[') data += ',';
          data += transaction_item_json(row);
        }
        append_feed_end(data, page, found.next_cursor, found.total);
        out.answer(data);
      },
      answer_page_refusal);
}

}  // namespace

endpoint list_transactions_row(const accounts_door& door) {
  return {.path = "/api/payments/transactions",
          .who = access::user_access,
          .summary = "The rider's movements of money, newest first",
          .handle = [&door](exchange& in) { list(in, door); },
          .aliases = {"/api/transactions"},
          .query = {{"transaction_type", "TOPUP, RENTAL, RENTAL_DUE, REFUND or ADJUSTMENT"},
                    {"status", "PENDING, SUCCESS, FAILED or REFUNDED"},
                    {"start_date", "day in Nepal or RFC 3339"},
                    {"end_date", "day in Nepal (whole) or RFC 3339"},
                    {"cursor", "next_cursor of the page before"},
                    {"limit", "1..100, default 20"},
                    {"page", "for old clients, instead of cursor"},
                    {"page_size", "the same as limit"}}};
}

}  // namespace chautari
