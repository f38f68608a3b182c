#include <boost/json/serialize.hpp>

#include "http/rentals/rental_commands.hpp"
#include "http/rentals/rental_issue_json.hpp"
#include "http/stations/reports.hpp"

namespace chautari {
namespace {

constexpr std::size_t description_longest = 255;  ///< Characters.

void report(exchange& in, const rentals_door& door) {
  const auto id = rental_of_path(in);
  if (!id) return;
  field_reader fields{in};
  report_rental_issue wish;
  wish.reporter = in.user();
  wish.rental = *id;
  wish.type = fields.choice<rental_issue_type>("issue_type",
                                               {{"POWER_BANK_DAMAGED", rental_issue_type::power_bank_damaged},
                                                {"POWER_BANK_LOST", rental_issue_type::power_bank_lost},
                                                {"CHARGING_ISSUE", rental_issue_type::charging_issue},
                                                {"RETURN_ISSUE", rental_issue_type::return_issue}});
  wish.description = read_report_text(fields, description_longest);
  wish.images = read_report_images(fields);
  if (!fields.complete(in)) return;
  in.ask<rental_issue_image>(
      door.issues, std::move(wish),
      [](exchange& out, const rental_issue_image& issue) {
        out.answer_created(boost::json::serialize(own_rental_issue_json({issue, {}, {}, {}, {}})));
      },
      answer_refusal);
}

}  // namespace

endpoint report_rental_issue_row(const rentals_door& door) {
  return {.verb = http_method::post,
          .path = "/api/rentals/{id}/issues",
          .who = access::user_access,
          .summary = "Something is wrong with the rented power bank, or it is lost",
          .handle = [&door](exchange& in) { report(in, door); },
          .aliases = {"/api/rentals/{id}/report-issue"},
          .body = body_kind::json,
          .rates = {issue_report_rate}};
}

}  // namespace chautari
