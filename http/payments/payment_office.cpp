/// What operators see and do of payments.

#include <boost/json/serialize.hpp>

#include "http/operations/paging.hpp"
#include "http/payments/payments_door.hpp"
#include "http/rentals/rentals_door.hpp"
#include "http/server/desk.hpp"
#include "http/stations/care_json.hpp"
#include "http/stations/station_fields.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/payments/views.hpp"

namespace chautari {
namespace {

constexpr std::size_t reference_shortest = 3;  ///< Characters.
constexpr std::size_t reference_longest = 64;
constexpr std::size_t reason_shortest = 5;
constexpr std::size_t reason_longest = 500;

void list(exchange& in, const payments_door& door) {
  auto fields = field_reader::of_query(in);
  const auto page = read_feed_page(fields);
  list_intents question;
  question.rider = fields.optional_id<user_id>("user_id");
  question.status = fields.optional_choice<intent_status>("status", {{"CREATED", intent_status::created},
                                                                     {"PENDING", intent_status::pending},
                                                                     {"COMPLETED", intent_status::completed},
                                                                     {"FAILED", intent_status::failed},
                                                                     {"CANCELLED", intent_status::cancelled},
                                                                     {"EXPIRED", intent_status::expired},
                                                                     {"REVIEW", intent_status::review},
                                                                     {"REFUNDED", intent_status::refunded}});
  question.purpose =
      fields.optional_choice<intent_purpose>("purpose", {{"WALLET_TOPUP", intent_purpose::wallet_topup},
                                                         {"RENTAL_PAYMENT", intent_purpose::rental_payment},
                                                         {"DUE_PAYMENT", intent_purpose::due_payment}});
  question.reference = fields.optional_text("reference", {.shortest = 1, .longest = 255}).value_or("");
  question.from = read_day_or_time(fields, "start_date", false);
  question.until = read_day_or_time(fields, "end_date", true);
  if (!fields.complete(in)) return;
  question.cursor = page.cursor;
  question.page = page.page;
  question.limit = page.limit;
  in.ask<intent_page>(
      door.reader, std::move(question),
      [page](exchange& out, const intent_page& found) {
        auto data = begin_results(found.intents, admin_intent_json);
        append_feed_end(data, page, found.next_cursor, found.total);
        out.answer(data);
      },
      answer_page_refusal);
}

void answer_intent(exchange& in, const intent_answer& answer) {
  if (answer.is_replay) in.put_header("Idempotency-Replayed", "true");
  in.answer(boost::json::serialize(admin_intent_json(answer.intent)));
}

void confirm(exchange& in, const payments_door& door) {
  const auto id = intent_of_path(in);
  if (!id) return;
  field_reader fields{in};
  confirm_payment wish;
  wish.amount = fields.amount("amount", {1}, {limits::credit_paisa_max});
  wish.reference = read_characters(fields, "reference", reference_shortest, reference_longest);
  if (!fields.complete(in)) return;
  wish.intent = *id;
  wish.by = in.operator_stamp();
  // A key is the operator's own within one intent; another body under it is noticed there.
  const auto route = "POST /api/admin/payments/intents/" + id->text() + "/confirm";
  wish.id = command_of(user_id{wish.by.who.value}, route, *in.idempotency_key());
  wish.body_hash = hash_of_body(in.body());
  in.set_command(wish.id);
  in.ask<intent_answer>(door.payments, std::move(wish), answer_intent, answer_refusal);
}

void decide(exchange& in, const payments_door& door) {
  const auto id = intent_of_path(in);
  if (!id) return;
  field_reader fields{in};
  decide_review wish;
  wish.is_credited = fields.choice<bool>("decision", {{"CREDIT", true}, {"GIVE_BACK", false}});
  wish.reason = read_characters(fields, "reason", reason_shortest, reason_longest);
  if (!fields.complete(in)) return;
  wish.intent = *id;
  wish.by = in.operator_stamp();
  in.ask<intent_answer>(door.payments, std::move(wish), answer_intent, answer_refusal);
}

}  // namespace

endpoints payment_office_endpoints(const payments_door& door) {
  const std::string all = "/api/admin/payments/intents";
  return {{.path = all,
           .who = access::admin_access,
           .summary = "Everybody's payment intents, newest first",
           .handle = [&door](exchange& in) { list(in, door); },
           .query = {{"status", "of the intent"},
                     {"purpose", "WALLET_TOPUP, RENTAL_PAYMENT or DUE_PAYMENT"},
                     {"user_id", "whose"},
                     {"reference", "of the payment, exactly"},
                     {"start_date", "day in Nepal or RFC 3339"},
                     {"end_date", "day in Nepal (whole) or RFC 3339"},
                     {"cursor", "next_cursor of the page before"},
                     {"limit", "1..100, default 20"},
                     {"page", "from 1, instead of a cursor"},
                     {"page_size", "the same as limit"}},
           .wants = operator_need{permission::finance, need::read}},
          {.verb = http_method::post,
           .path = all + "/{id}/confirm",
           .who = access::admin_access,
           .summary = "The money was taken: amount and receipt; another amount puts it under review",
           .handle = [&door](exchange& in) { confirm(in, door); },
           .body = body_kind::json,
           .wants_idempotency_key = true,
           .wants = operator_need{permission::finance, need::write}},
          {.verb = http_method::post,
           .path = all + "/{id}/review",
           .who = access::admin_access,
           .summary = "What becomes of money in review: CREDIT to the wallet, or GIVE_BACK, with a reason",
           .handle = [&door](exchange& in) { decide(in, door); },
           .body = body_kind::json,
           .wants = operator_need{permission::finance, need::write},
           .is_sensitive = true}};
}

}  // namespace chautari
