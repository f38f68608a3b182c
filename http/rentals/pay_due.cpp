#include "http/rentals/rental_commands.hpp"

namespace chautari {
namespace {

void pay(exchange& in, const rentals_door& door) {
  const auto id = rental_of_path(in);
  if (!id) return;
  field_reader fields{in};
  pay_due wish;
  wish.pay = read_payment(fields);
  wish.amount = fields.optional_amount("amount");
  if (!fields.complete(in)) return;
  wish.from = command_on(in, *id, "POST /api/rentals/{id}/pay-due");
  tell_rental(in, door, std::move(wish));
}

}  // namespace

endpoint pay_due_row(const rentals_door& door) {
  return rental_command_row(door, "pay-due", "Pay what is owed; the late fee so far while the bank is out",
                            pay);
}

}  // namespace chautari
