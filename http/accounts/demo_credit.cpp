#include "http/accounts/accounts_door.hpp"
#include "http/operations/refusals.hpp"
#include "http/rentals/rentals_door.hpp"
#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "protocols/accounts/views.hpp"

namespace chautari {
namespace {

constexpr std::string_view route = "POST /api/payments/wallet/demo-credit";
constexpr money credit_min{10'00};
constexpr money credit_max{50'000'00};

void answer_credit(exchange& in, const wallet_credited& answer) {
  if (answer.replayed_status != 0) return answer_replay(in, answer.replayed_status, answer.replayed_data);
  in.answer_created(wallet_event_json(answer.wallet), "Credited.");
}

void credit(exchange& in, const accounts_door& door) {
  field_reader fields{in};
  const auto amount = fields.amount("amount", credit_min, credit_max);
  if (!fields.complete(in)) return;
  const auto id = command_of(in.user(), route, *in.idempotency_key());
  in.set_command(id);
  in.ask<wallet_credited>(door.accounts,
                          credit_wallet{.id = id,
                                        .rider = in.user(),
                                        .amount = amount,
                                        .provider = "demo",
                                        .provider_ref = id.text(),
                                        .body_hash = hash_of_body(in.body())},
                          answer_credit, answer_refusal);
}

}  // namespace

endpoint demo_credit_row(const accounts_door& door) {
  return {.verb = http_method::post,
          .path = "/api/payments/wallet/demo-credit",
          .who = access::user_access,
          .summary = "Demo and test only: money from nowhere, as if a gateway had taken it",
          .handle = [&door](exchange& in) { credit(in, door); },
          .body = body_kind::json,
          .wants_idempotency_key = true};
}

}  // namespace chautari
