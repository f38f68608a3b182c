#include "http/payments/payments_door.hpp"

#include <boost/json/serialize.hpp>

#include "http/operations/refusals.hpp"
#include "http/rentals/rentals_door.hpp"
#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "http/websocket/topic_hub.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/payments/views.hpp"

namespace chautari {
namespace {

const rate_rule topup_rate{
    .name = "topup-intent", .burst = 10, .per = milliseconds{3'600'000}, .by = rate_key::user};

void fail_not_found(exchange& in) { answer_refusal(in, refuse(payment_refusal::intent_not_found)); }

/// The caller's own intent, as it is stored.
void with_intent(exchange& in, const payments_door& door, intent_id id,
                 std::function<void(exchange&, const payment_intent&)> tell) {
  in.ask<intent_lookup>(
      door.reader, load_intent{id, in.user()},
      [tell](exchange& out, const intent_lookup& found) {
        if (!found.intent) return fail_not_found(out);
        tell(out, *found.intent);
      },
      answer_refusal);
}

void open(exchange& in, const payments_door& door) {
  field_reader fields{in};
  open_topup wish;
  wish.amount = fields.amount("amount");
  wish.method = fields.text("payment_method_id", {.shortest = 36, .longest = 36});
  if (!fields.complete(in)) return;
  wish.rider = in.user();
  wish.id = command_of(wish.rider, "POST /api/payments/wallet/topup-intent", *in.idempotency_key());
  wish.body_hash = hash_of_body(in.body());
  in.set_command(wish.id);
  in.ask<intent_answer>(
      door.payments, std::move(wish),
      [&door](exchange& out, const intent_answer& answer) {
        if (answer.is_replay) out.put_header("Idempotency-Replayed", "true");
        out.answer_created(boost::json::serialize(intent_json(answer.intent, door.gateways)),
                           "Pay, and your wallet is filled.");
      },
      answer_refusal);
}

void show(exchange& in, const payments_door& door) {
  const auto id = intent_of_path(in);
  if (!id) return;
  with_intent(in, door, *id, [](exchange& out, const payment_intent& intent) {
    out.answer(boost::json::serialize(intent_status_json(intent)));
  });
}

/// Whatever the caller brings proves nothing: only what the provider, or an operator, has told us counts.
void verify(exchange& in, const payments_door& door) {
  field_reader fields{in};
  const auto id = fields.id<intent_id>("intent_id");
  static_cast<void>(fields.raw("callback_data"));
  if (!fields.complete(in)) return;
  with_intent(in, door, id, [](exchange& out, const payment_intent& intent) {
    const bool is_awaited = is_open(intent.status) || intent.status == intent_status::review;
    out.answer(is_awaited ? 202 : 200, boost::json::serialize(intent_verdict_json(intent)));
  });
}

void cancel(exchange& in, const payments_door& door) {
  const auto id = intent_of_path(in);
  if (!id) return;
  in.ask<intent_answer>(
      door.payments, cancel_intent{in.user(), *id},
      [](exchange& out, const intent_answer& answer) {
        out.answer(boost::json::serialize(intent_status_json(answer.intent)));
      },
      answer_refusal);
}

}  // namespace

std::optional<intent_id> intent_of_path(exchange& in) {
  const auto id = intent_id::parse(in.path_text("id"));
  if (!id) fail_not_found(in);
  return id;
}

void serve_payment_topic(lane_parts& parts, const payments_door& door) {
  topic_kind kind{.prefix = "payment", .is_per_user = true};
  kind.snapshot = [&desk = parts.announcements, &door](const caller& who, std::string_view,
                                                       const deliver_snapshot& deliver) {
    list_intents newest;
    newest.rider = who.user;
    newest.limit = 1;
    const auto ticket = desk.ask<intent_page>(
        door.reader, std::move(newest),
        [deliver](const intent_page& found) {
          topic_snapshot state;
          if (!found.intents.empty())
            state.data_json = boost::json::serialize(intent_status_json(found.intents.front()));
          deliver({.state = std::move(state), .refusal = {}});
        },
        [deliver](const caf::error&) { deliver({.state = {}, .refusal = "service_unavailable"}); });
    if (ticket == 0) deliver({.state = {}, .refusal = "service_unavailable"});
  };
  parts.topics.add_kind(std::move(kind));
  parts.announcements.on<payment_event>([&topics = parts.topics](const payment_event& event) {
    topics.publish({.topic = "payment",
                    .user = event.intent.rider,
                    .event = "payment.status",
                    .at = event.at,
                    .data_json = boost::json::serialize(intent_status_json(event.intent))});
  });
}

endpoints payment_endpoints(const payments_door& door) {
  const auto handled = [&door](void (*handle)(exchange&, const payments_door&)) {
    return [&door, handle](exchange& in) { handle(in, door); };
  };
  return {
      {.path = "/api/payments/methods",
       .summary = "How a rider can pay from outside",
       .handle =
           [&door](exchange& in) { in.answer(boost::json::serialize(payment_methods_json(door.gateways))); },
       .aliases = {"/api/payment/methods"}},
      {.verb = http_method::post,
       .path = "/api/payments/wallet/topup-intent",
       .who = access::user_access,
       .summary = "Begin a payment into the wallet; it is credited when the money has come",
       .handle = handled(open),
       .aliases = {"/api/wallet/topup-intent"},
       .body = body_kind::json,
       .rates = {topup_rate},
       .wants_idempotency_key = true},
      {.path = "/api/payments/status/{id}",
       .who = access::user_access,
       .summary = "What became of a payment, and of the order that waited for it",
       .handle = handled(show),
       .aliases = {"/api/payment/status/{id}"}},
      {.verb = http_method::post,
       .path = "/api/payments/verify",
       .who = access::user_access,
       .summary = "What is known of a payment; nothing the caller sends proves one",
       .handle = handled(verify),
       .aliases = {"/api/payment/verify-topup", "/api/payments/verify-topup"},
       .body = body_kind::json},
      {.verb = http_method::post,
       .path = "/api/payments/cancel/{id}",
       .who = access::user_access,
       .summary = "Give up a payment that was not made; one that comes all the same fills the wallet",
       .handle = handled(cancel)}};
}

}  // namespace chautari
