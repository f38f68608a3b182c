#pragma once
/// What riders report about rentals, and what operators do about it.

#include <caf/all.hpp>
#include <optional>
#include <string>

#include "protocols/operations/audit.hpp"
#include "protocols/rentals/questions.hpp"

namespace chautari {

/// Refused: `rental_not_found` (another rider's, too), `duplicate_issue_report` (the same rental and type,
/// still open). POWER_BANK_LOST raises an alarm: an operator opens the lost case.
struct report_rental_issue {
  user_id reporter;
  rental_id rental;
  rental_issue_type type = rental_issue_type::charging_issue;
  std::string description;  ///< 10..255 characters.
  std::string images;       ///< JSON array of at most 5 URLs of our own media store.
};
struct change_rental_issue {
  issue_id issue;
  std::optional<bool> is_resolved;
  std::optional<std::string> notes;
  operator_stamp by;
};
struct delete_rental_issue {
  issue_id issue;
  operator_stamp by;
};

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::report_rental_issue)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::change_rental_issue)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::delete_rental_issue)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_issue_image)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_issue_view)
