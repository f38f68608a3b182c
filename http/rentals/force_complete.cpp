#include "http/operations/refusals.hpp"
#include "http/rentals/admin_rentals.hpp"
#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "http/stations/station_fields.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/rentals/views.hpp"

namespace chautari {
namespace {

constexpr std::size_t reason_shortest = 10;  ///< Characters.
constexpr std::size_t reason_longest = 500;

force_complete read_wish(field_reader& fields, timestamp now) {
  force_complete wish;
  wish.what = fields.choice<forced_resolution>("resolution", {{"RETURNED", forced_resolution::returned},
                                                              {"LOST", forced_resolution::lost},
                                                              {"CANCELLED", forced_resolution::cancelled}});
  wish.ended_at = fields.optional_time("ended_at");
  if (wish.ended_at && *wish.ended_at > now) fields.note("ended_at", "out_of_range");
  wish.charge_override = fields.optional_amount("charge_override", money{});
  // A cancelled rental costs nothing, whatever anybody writes.
  if (wish.charge_override && wish.what == forced_resolution::cancelled)
    fields.note("charge_override", "conflict", "A cancelled rental is paid back whole.");
  wish.bank = fields.optional_choice<bank_status>("bank_status", {{"MISSING", bank_status::missing},
                                                                  {"MAINTENANCE", bank_status::maintenance},
                                                                  {"DAMAGED", bank_status::damaged},
                                                                  {"LOST", bank_status::lost}});
  wish.reason = read_characters(fields, "reason", reason_shortest, reason_longest);
  return wish;
}

/// As the table of rentals shows it.
void answer_rental(exchange& in, const admin_rentals& door, const rental_image& rental) {
  found_rental row{rental, {}};
  if (!rental.return_station.is_nil()) {
    if (const auto* station = door.stations.table(in).find(rental.return_station))
      row.return_serial = station->view.facts.serial;
  }
  in.answer(R"({"rental":)" + admin_rental_json(row) + '}');
}

void force(exchange& in, const admin_rentals& door) {
  const auto id = rental_id::parse(in.path_text("id"));
  if (!id) return answer_refusal(in, refuse(rental_refusal::rental_not_found));
  field_reader fields{in};
  auto wish = read_wish(fields, in.now());
  if (!fields.complete(in)) return;
  wish.rental = *id;
  wish.by = in.operator_stamp();
  in.ask<force_answer>(
      door.rentals, std::move(wish),
      [&door](exchange& out, const force_answer& done) { answer_rental(out, door, done.rental); },
      answer_refusal);
}

}  // namespace

endpoint force_complete_row(const admin_rentals& door) {
  return {
      .verb = http_method::post,
      .path = "/api/admin/rentals/{id}/force-complete",
      .who = access::admin_access,
      .summary = "End an open rental as returned, lost or cancelled, with a reason: settled like any other",
      .handle = [&door](exchange& in) { force(in, door); },
      .body = body_kind::json,
      .wants = operator_need{permission::rentals, need::write},
      .is_sensitive = true};
}

}  // namespace chautari
