#include <charconv>

#include "http/operations/refusals.hpp"
#include "http/rentals/rentals_door.hpp"
#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "protocols/rentals/views.hpp"

namespace chautari {
namespace {

constexpr std::string_view route = "POST /api/rentals/start";

/// Serial numbers are the decimal text of 32 bits.
std::optional<bank_sn> read_bank(field_reader& fields) {
  const auto text = fields.optional_text("powerbank_sn", {.shortest = 1, .longest = 50});
  if (!text) return {};
  bank_sn serial;
  const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), serial.value);
  // No bank can have a number that is none: it is simply not found.
  if (failed != std::errc{} || end != text->data() + text->size()) return unreadable_bank_sn;
  return serial;
}

start_rental read_wish(field_reader& fields) {
  start_rental wish;
  wish.station = station_sn{fields.text("station_sn", {.shortest = 1, .longest = 255})};
  wish.package = fields.id<package_id>("package_id");
  wish.bank = read_bank(fields);
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

void answer_start(exchange& in, const start_answer& answer) {
  if (answer.replayed_status != 0) return answer_replay(in, answer.replayed_status, answer.replayed_data);
  in.answer_created(start_answer_json(answer.rental), answer.rental.status == rental_status::active
                                                          ? "Take your power bank."
                                                          : "The station is getting your power bank ready.");
}

void start(exchange& in, const rentals_door& door) {
  field_reader fields{in};
  auto wish = read_wish(fields);
  if (!fields.complete(in)) return;
  wish.rider = in.user();
  wish.id = command_of(wish.rider, route, *in.idempotency_key());
  wish.body_hash = hash_of_body(in.body());
  in.set_command(wish.id);
  in.ask<start_answer>(door.rentals, std::move(wish), answer_start, answer_refusal);
}

}  // namespace

endpoint start_rental_row(const rentals_door& door) {
  return {
      .verb = http_method::post,
      .path = "/api/rentals/start",
      .who = access::user_access,
      .summary =
          "Rent a power bank: the cabinet ejects it, the answer comes within 8 s as ACTIVE or PENDING_POPUP",
      .handle = [&door](exchange& in) { start(in, door); },
      .body = body_kind::json,
      .rates = {door.start_limit},
      .deadline = milliseconds{20'000},
      .wants_idempotency_key = true};
}

}  // namespace chautari
