#include "http/rentals/rental_commands.hpp"

#include <charconv>

#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

void fail_not_found(exchange& in) { answer_refusal(in, refuse(rental_refusal::rental_not_found)); }

}  // namespace

std::optional<rental_id> rental_of_path(exchange& in) {
  const auto id = rental_id::parse(in.path_text("id"));
  if (!id) fail_not_found(in);
  return id;
}

rental_command command_on(exchange& in, rental_id rental, std::string_view route) {
  std::string asked = rental.text();
  asked += '\n';
  asked += in.body();
  return {command_of(in.user(), route, *in.idempotency_key()), hash_of_body(asked), in.user(), rental};
}

payment_wish read_payment(field_reader& fields) {
  payment_wish wish;
  wish.mode =
      fields
          .optional_choice<payment_mode>("payment_mode", {{"wallet", payment_mode::wallet},
                                                          {"points", payment_mode::points},
                                                          {"wallet_points", payment_mode::wallet_points},
                                                          {"direct", payment_mode::direct}})
          .value_or(payment_mode::wallet_points);
  wish.payment_method =
      fields.optional_text("payment_method_id", {.shortest = 36, .longest = 36}).value_or("");
  wish.wallet_amount = fields.optional_amount("wallet_amount", money{0});
  wish.points_to_use = fields.optional_integer("points_to_use", {.least = 0, .most = 1'000'000'000});
  return wish;
}

std::optional<bank_sn> read_wanted_bank(field_reader& fields) {
  const auto text = fields.optional_text("powerbank_sn", {.shortest = 1, .longest = 50});
  if (!text) return {};
  bank_sn serial;
  const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), serial.value);
  if (failed != std::errc{} || end != text->data() + text->size()) return unreadable_bank_sn;
  return serial;
}

void with_rental(exchange& in, const rentals_door& door, rental_id id,
                 std::function<void(exchange&, const rental_image&)> tell) {
  const auto look_it_up = [&door, id, tell](exchange& out, const caf::error&) {
    out.ask<rental_lookup>(
        door.reader, load_rental{id, out.user()},
        [tell](exchange& later, const rental_lookup& found) {
          if (!found.rental) return fail_not_found(later);
          tell(later, *found.rental);
        },
        answer_refusal);
  };
  in.ask<rental_image>(door.rentals, look_at_rental{id, in.user()}, tell, look_it_up);
}

void answer_rental_command(exchange& in, const rental_answer& answer) {
  if (answer.is_replay) return answer_replay(in, answer.status, answer.data);
  answer_stored(in, answer.status, answer.data);
}

endpoint rental_command_row(const rentals_door& door, std::string_view verb, std::string summary,
                            void (*handle)(exchange&, const rentals_door&)) {
  return {.verb = http_method::post,
          .path = "/api/rentals/{id}/" + std::string{verb},
          .who = access::user_access,
          .summary = std::move(summary),
          .handle = [&door, handle](exchange& in) { handle(in, door); },
          .body = body_kind::json,
          .wants_idempotency_key = true};
}

}  // namespace chautari
