#include "protocols/rentals/story_words.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "protocols/rentals/story_tables.hpp"

namespace chautari {
namespace {

const story_words* words_of(std::string_view kind) {
  const auto tables = {fact_words(), summary_words()};
  for (const auto table : tables) {
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const auto& one) { return one.kind == kind; });
    if (found != table.end()) return &*found;
  }
  return nullptr;
}

/// "bank-missing" is "Bank missing."
std::string named(std::string_view kind) {
  std::string text{kind};
  std::replace(text.begin(), text.end(), '-', ' ');
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text + '.';
}

std::optional<std::string> text_of_fact(const boost::json::object& facts, std::string_view key) {
  const auto* fact = facts.if_contains(key);
  if (fact == nullptr) return {};
  if (const auto* text = fact->if_string()) {
    if (text->empty() || *text == "0.00") return {};
    return std::string{*text};
  }
  const auto* number = fact->if_int64();
  if (number == nullptr || *number == 0) return {};
  return std::to_string(*number);
}

/// A piece without brackets. `is_whole` becomes false if a fact is missing.
std::string fill_piece(std::string_view piece, const boost::json::object& facts, bool& is_whole) {
  std::string text;
  while (!piece.empty()) {
    const auto open = piece.find('{');
    text += piece.substr(0, open);
    if (open == std::string_view::npos) break;
    const auto close = std::min(piece.find('}', open), piece.size() - 1);
    const auto fact = text_of_fact(facts, piece.substr(open + 1, close - open - 1));
    is_whole = is_whole && fact.has_value();
    text += fact.value_or("–");
    piece.remove_prefix(close + 1);
  }
  return text;
}

}  // namespace

std::string filled_in(std::string_view pattern, const boost::json::object& facts) {
  std::string text;
  while (!pattern.empty()) {
    const auto open = pattern.find('[');
    bool is_whole = true;
    text += fill_piece(pattern.substr(0, open), facts, is_whole);
    if (open == std::string_view::npos) break;
    const auto close = std::min(pattern.find(']', open), pattern.size() - 1);
    is_whole = true;
    const auto piece = fill_piece(pattern.substr(open + 1, close - open - 1), facts, is_whole);
    if (is_whole) text += piece;
    pattern.remove_prefix(close + 1);
  }
  return text;
}

std::string_view rule_text(std::string_view rule) {
  for (const auto& [name, text] : rule_words()) {
    if (name == rule) return text;
  }
  const auto section = rule.rfind('-');
  return section == std::string_view::npos ? std::string_view{} : rule_text(rule.substr(0, section));
}

std::string_view rule_behind(std::string_view kind) {
  const auto* words = words_of(kind);
  return words == nullptr ? std::string_view{} : words->rule;
}

std::string sentence_of(std::string_view kind, const boost::json::object& facts, story_reader reader) {
  const auto* words = words_of(kind);
  if (words == nullptr) return reader == story_reader::operators ? named(kind) : std::string{};
  switch (reader) {
    case story_reader::operators:
      return words->operators.empty() ? named(kind) : filled_in(words->operators, facts);
    case story_reader::english:
      return filled_in(words->english, facts);
    case story_reader::nepali:
      return filled_in(words->nepali, facts);
  }
  return {};
}

}  // namespace chautari
