#include "http/rentals/rental_commands.hpp"
#include "protocols/rentals/views.hpp"

namespace chautari {
namespace {

constexpr std::string_view route = "POST /api/rentals/start";

start_rental read_wish(field_reader& fields) {
  start_rental wish;
  wish.station = station_sn{fields.text("station_sn", {.shortest = 1, .longest = 255})};
  wish.package = fields.id<package_id>("package_id");
  wish.bank = read_wanted_bank(fields);
  auto pay = read_payment(fields);
  wish.mode = pay.mode;
  wish.payment_method = std::move(pay.payment_method);
  wish.wallet_amount = pay.wallet_amount;
  wish.points_to_use = pay.points_to_use;
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
      .wants_idempotency_key = true,
      .work = work_kind::new_rental};
}

}  // namespace chautari
