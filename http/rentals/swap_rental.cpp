#include "http/rentals/rental_commands.hpp"
#include "http/stations/station_fields.hpp"

namespace chautari {
namespace {

constexpr std::size_t description_longest = 500;  ///< Characters.

void swap(exchange& in, const rentals_door& door) {
  const auto id = rental_of_path(in);
  if (!id) return;
  field_reader fields{in};
  swap_rental wish;
  wish.reason = fields.choice<swap_reason>("reason", {{"LOW_BATTERY", swap_reason::low_battery},
                                                      {"DEFECTIVE", swap_reason::defective},
                                                      {"WRONG_CABLE", swap_reason::wrong_cable},
                                                      {"OTHER", swap_reason::other}});
  wish.description = fields.optional_text("description", {.longest = 4 * description_longest}).value_or("");
  if (count_characters(wish.description) > description_longest) fields.note("description", "too_long");
  wish.wanted = read_wanted_bank(fields);
  if (!fields.complete(in)) return;
  wish.from = command_on(in, *id, "POST /api/rentals/{id}/swap");
  tell_rental(in, door, std::move(wish));
}

}  // namespace

endpoint swap_rental_row(const rentals_door& door) {
  auto row = rental_command_row(
      door, "swap",
      "Another power bank instead: put the old one back within 3 minutes and the new one comes out", swap);
  row.rates = {{.name = "rental-swap", .burst = 5, .per = milliseconds{60'000}, .by = rate_key::user}};
  row.deadline = milliseconds{20'000};  // The station may look into its slots first.
  return row;
}

}  // namespace chautari
