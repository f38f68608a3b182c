#include "http/rentals/rental_commands.hpp"

namespace chautari {
namespace {

void extend(exchange& in, const rentals_door& door) {
  const auto id = rental_of_path(in);
  if (!id) return;
  field_reader fields{in};
  extend_rental wish;
  wish.package = fields.id<package_id>("package_id");
  wish.pay = read_payment(fields);
  if (!fields.complete(in)) return;
  wish.from = command_on(in, *id, "POST /api/rentals/{id}/extend");
  tell_rental(in, door, std::move(wish));
}

}  // namespace

endpoint extend_rental_row(const rentals_door& door) {
  return rental_command_row(door, "extend", "More time with the same power bank, until it is overdue",
                            extend);
}

}  // namespace chautari
