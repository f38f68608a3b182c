#pragma once
/// What riders reported about rentals, as riders and operators read it.

#include <boost/json/object.hpp>

#include "protocols/rentals/questions.hpp"

namespace chautari {

/// {id, scope: "rental", rental, station, issue_type, description, images, status, reported_at, resolved_at}
[[nodiscard]] boost::json::object own_rental_issue_json(const rental_issue_view& view);
/// A row for operators; who reported it only for those who may see riders.
[[nodiscard]] boost::json::object rental_issue_json(const rental_issue_view& view, bool shows_reporter);

}  // namespace chautari
