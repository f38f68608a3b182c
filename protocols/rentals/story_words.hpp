#pragma once
/// The sentences in which the story of a rental or a cabinet is told.

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace chautari {

/// Operators are told everything, in English; riders what concerns them, in their language.
enum class story_reader : std::uint8_t { operators, english, nepali };

/// What a rule of stations_rentals_devices says, by its name in the log: "4.8-4". One without a sentence of
/// its own is told by its section's; empty if there is none either.
[[nodiscard]] std::string_view rule_text(std::string_view rule);

/// The rule behind a kind of fact that is logged without one; empty if none decided.
[[nodiscard]] std::string_view rule_behind(std::string_view kind);

/// The sentence of a kind of fact, or of a line of a summary ("summary-late"), with `facts` filled in. One
/// nobody has written is told to operators by its name and to riders not at all (empty).
[[nodiscard]] std::string sentence_of(std::string_view kind, const boost::json::object& facts,
                                      story_reader reader);

/// Fills "{key}" in with the fact of that name. "[...]" is left out whole if one of its facts is missing or
/// nothing: null, "", 0 or "0.00". Elsewhere a missing fact is a dash.
[[nodiscard]] std::string filled_in(std::string_view pattern, const boost::json::object& facts);

}  // namespace chautari
