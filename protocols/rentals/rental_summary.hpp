#pragma once
/// Where a rental stands and what it costs, in a few sentences.

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "protocols/rentals/images.hpp"
#include "protocols/rentals/story_words.hpp"

namespace chautari {

/// What sentences about a rental may name: {code, rider, bank, slot, origin, destination, package, ...}.
[[nodiscard]] boost::json::object names_of(const rental_image& rental);

/// As of now; riders read times in Nepal's.
[[nodiscard]] std::vector<std::string> summary_of(const rental_image& rental, timestamp now,
                                                  story_reader reader);

}  // namespace chautari
