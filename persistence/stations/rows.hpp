#pragma once
/// Stations, slots, banks, issues and amenities as rows, both ways.

#include "persistence/base/json_row.hpp"
#include "persistence/journal/batch_rows.hpp"

namespace chautari {

/// An older image of a bank in a place that a newer image gives to another bank is written as MISSING.
void add_image(batch_rows& rows, const bank_image& bank);
void add_image(batch_rows& rows, const station_image& station);
void add_image(batch_rows& rows, const slot_image& slot);
void add_image(batch_rows& rows, const station_state_image& state);
void add_image(batch_rows& rows, const station_issue_image& issue);
void add_image(batch_rows& rows, const amenity_image& amenity);
void add_line(batch_rows& rows, const bank_cycle& cycle);
void add_line(batch_rows& rows, const station_status_change& change);

[[nodiscard]] bank_image read_bank(const json_row& row);
[[nodiscard]] station_status_change read_status_change(const json_row& row);
[[nodiscard]] station_issue_image read_issue(const json_row& row);
[[nodiscard]] amenity_image read_amenity(const json_row& row);

}  // namespace chautari
