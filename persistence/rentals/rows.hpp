#pragma once
/// Rentals and everything written about them as rows, both ways.

#include "persistence/base/json_row.hpp"
#include "persistence/journal/batch_rows.hpp"

namespace chautari {

/// Notes the image, which must outlive the rows. Throws database_error (`data`) if an older image of the same
/// batch is not older by its revision.
void add_image(batch_rows& rows, const rental_image& rental);
/// The rows of all images noted: whole ones of rentals whose first image (revision 1) is in the batch, of
/// others what may change. Those that close come first and give their rider and bank free for those that
/// open.
void add_rentals(batch_rows& rows);
void add_line(batch_rows& rows, const rental_log_entry& entry);
void add_line(batch_rows& rows, const rental_charge& charge);
void add_line(batch_rows& rows, const rental_payment& payment);
void add_line(batch_rows& rows, const rental_extension& extension);
void add_line(batch_rows& rows, const rental_swap& swap);
void add_line(batch_rows& rows, const rental_location& where);
void add_image(batch_rows& rows, const rental_issue_image& issue);

[[nodiscard]] rental_image read_rental(const json_row& row);
[[nodiscard]] rental_log_entry read_log_entry(const json_row& row);
[[nodiscard]] rental_charge read_charge(const json_row& row);
[[nodiscard]] rental_payment read_payment(const json_row& row);
[[nodiscard]] rental_extension read_extension(const json_row& row);
[[nodiscard]] rental_swap read_swap(const json_row& row);
[[nodiscard]] rental_issue_image read_rental_issue(const json_row& row);

}  // namespace chautari
