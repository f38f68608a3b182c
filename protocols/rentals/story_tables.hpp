#pragma once
/// The tables behind story_words: data, no code.

#include <span>
#include <string_view>
#include <utility>

namespace chautari {

/// How one kind of fact is told; a text that is empty is told to nobody. Patterns: see filled_in.
struct story_words {
  std::string_view kind;
  std::string_view rule;
  std::string_view operators;
  std::string_view english;  ///< For the rider, as the next one.
  std::string_view nepali;
};

/// What rentals and cabinets note in their logs.
[[nodiscard]] std::span<const story_words> fact_words();
/// Where a rental stands and what it costs.
[[nodiscard]] std::span<const story_words> summary_words();
/// By name, what each rule says.
[[nodiscard]] std::span<const std::pair<std::string_view, std::string_view>> rule_words();

}  // namespace chautari
