#include <boost/json.hpp>

#include "http/rentals/rental_commands.hpp"

namespace chautari {
namespace {

constexpr double accuracy_unsaid_m = 10;
constexpr double accuracy_most_m = 100'000;

void note(exchange& in, const rentals_door& door) {
  const auto id = rental_of_path(in);
  if (!id) return;
  field_reader fields{in};
  rental_location where;
  where.rental = *id;
  where.latitude = fields.number("latitude", {.least = -90, .most = 90});
  where.longitude = fields.number("longitude", {.least = -180, .most = 180});
  where.accuracy_m =
      fields.optional_number("accuracy", {.least = 0, .most = accuracy_most_m}).value_or(accuracy_unsaid_m);
  if (!fields.complete(in)) return;
  where.at = in.now();
  in.ask<void>(
      door.rentals, note_location{in.user(), where},
      [at = where.at](exchange& out) {
        out.answer(boost::json::serialize(boost::json::object{{"recorded_at", to_rfc3339(at)}}));
      },
      answer_refusal);
}

}  // namespace

endpoint note_location_row(const rentals_door& door) {
  return {.verb = http_method::post,
          .path = "/api/rentals/{id}/location",
          .who = access::user_access,
          .summary = "Where the power bank is, once in 30 s while it is out; kept for 30 days",
          .handle = [&door](exchange& in) { note(in, door); },
          .body = body_kind::json};
}

}  // namespace chautari
