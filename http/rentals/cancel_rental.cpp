#include "http/rentals/rental_commands.hpp"
#include "http/stations/station_fields.hpp"

namespace chautari {
namespace {

constexpr std::size_t reason_shortest = 5;  ///< Characters.
constexpr std::size_t reason_longest = 255;

void cancel(exchange& in, const rentals_door& door) {
  const auto id = rental_of_path(in);
  if (!id) return;
  field_reader fields{in};
  cancel_rental wish;
  wish.reason = read_characters(fields, "reason", reason_shortest, reason_longest);
  if (!fields.complete(in)) return;
  wish.from = command_on(in, *id, "POST /api/rentals/{id}/cancel");
  tell_rental(in, door, std::move(wish));
}

}  // namespace

endpoint cancel_rental_row(const rentals_door& door) {
  return rental_command_row(
      door, "cancel", "Give the rental up; while the cabinet still works the wish is remembered", cancel);
}

}  // namespace chautari
