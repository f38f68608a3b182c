#pragma once
/// Enums and their words, both ways, from one table.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace chautari {

template <class Enum, std::size_t Size>
using word_table = std::array<std::pair<Enum, std::string_view>, Size>;

template <class Enum, std::size_t Size>
[[nodiscard]] std::string word_of(const word_table<Enum, Size>& table, Enum value) {
  for (const auto& [known, word] : table) {
    if (known == value) return std::string{word};
  }
  return "unknown";
}

template <class Enum, std::size_t Size>
[[nodiscard]] std::optional<Enum> value_of_word(const word_table<Enum, Size>& table, std::string_view text) {
  for (const auto& [known, word] : table) {
    if (word == text) return known;
  }
  return {};
}

}  // namespace chautari
