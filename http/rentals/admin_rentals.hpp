#pragma once
/// Everybody's rentals, for operators: the table, one in detail, its history. Nothing is changed by looking.

#include "http/server/endpoint.hpp"
#include "protocols/journal/reader.hpp"

namespace chautari {

/// `reader` may be one of its own (session_kind::browsing), so that wide tables hold up no rider.
[[nodiscard]] endpoints admin_rental_endpoints(const reader_actor& reader);

[[nodiscard]] endpoint admin_list_rentals_row(const reader_actor& reader);
[[nodiscard]] endpoint admin_show_rental_row(const reader_actor& reader);
[[nodiscard]] endpoint admin_rental_events_row(const reader_actor& reader);

}  // namespace chautari
