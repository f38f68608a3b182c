#pragma once
/// What questions have in common: rows of one JSON column, and pages of them.

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "persistence/base/connection.hpp"
#include "persistence/base/cursor.hpp"
#include "persistence/base/json_row.hpp"
#include "protocols/base/ids.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

/// A row's text, parsed and read by `read(json_row)`.
template <class Read>
auto read_text(const std::string& text, Read read) {
  boost::system::error_code failed;
  const auto value = boost::json::parse(text, failed);
  if (failed || !value.is_object()) throw schema_mismatch{"a row is no JSON object"};
  return read(json_row{value.get_object()});
}

template <class Read>
auto read_first(const std::vector<std::string>& rows, Read read) {
  using result = decltype(read(std::declval<const json_row&>()));
  return rows.empty() ? std::optional<result>{} : std::optional<result>{read_text(rows.front(), read)};
}

[[nodiscard]] inline std::string text_or_empty(const std::optional<timestamp>& at) {
  return at ? to_rfc3339(*at) : std::string{};
}

template <class Id>
[[nodiscard]] std::string text_or_empty(const std::optional<Id>& id) {
  return id ? id->text() : std::string{};
}

/// Which rows of a list, from either way of paging.
struct page_wish {
  std::int32_t size = 0;
  std::string rows;  ///< One more than the page has, which tells whether there is a next one.
  std::string offset = "0";
  std::string before_at;
  std::string before_id;
};

/// A table that is paged by number alone.
struct by_number {
  std::int32_t page = 1;
  std::int32_t limit = 20;
  std::string cursor = {};
};

/// Nothing: the cursor is none of ours.
template <class List>
[[nodiscard]] std::optional<page_wish> page_of(const List& list) {
  page_wish wish;
  wish.size = std::clamp(list.limit, 1, limits::page_rows_max);
  wish.rows = std::to_string(wish.size + 1);
  if (list.page > 0) {
    wish.offset = std::to_string((static_cast<std::int64_t>(list.page) - 1) * wish.size);
    return wish;
  }
  if (list.cursor.empty()) return wish;
  const auto mark = parse_cursor(list.cursor);
  if (!mark) return {};
  wish.before_at = to_rfc3339(mark->created_at);
  wish.before_id = user_id{mark->id}.text();
  return wish;
}

/// Takes the row that only tells that there is more.
template <class Rows>
bool cut_surplus(Rows& rows, const page_wish& wish) {
  if (rows.size() <= static_cast<std::size_t>(wish.size)) return false;
  rows.pop_back();
  return true;
}

/// Appends the rows of one page to `into`; true if there are more behind them. `statement` takes the filters,
/// `limit` and `offset`, and with a cursor `before_at` and `before_id`.
template <class Rows, class Read>
bool read_page(database_connection& database, const sql::text& statement, std::vector<parameter> filters,
               const page_wish& wish, bool has_cursor, Rows& into, Read read) {
  if (has_cursor) {
    filters.emplace_back("before_at", wish.before_at);
    filters.emplace_back("before_id", wish.before_id);
  }
  filters.emplace_back("limit", wish.rows);
  filters.emplace_back("offset", wish.offset);
  for (const auto& text : database.ask(statement, std::span<const parameter>{filters}))
    into.push_back(read_text(text, read));
  return cut_surplus(into, wish);
}

/// For LIKE: whatever has this text somewhere; empty stays empty.
[[nodiscard]] inline std::string search_pattern(std::string_view text) {
  if (text.empty()) return {};
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

/// The number that a statement answers in one row; 0 without one.
[[nodiscard]] inline std::int64_t counted(const std::vector<std::string>& rows) {
  std::int64_t total = 0;
  if (!rows.empty()) std::from_chars(rows[0].data(), rows[0].data() + rows[0].size(), total);
  return total;
}

}  // namespace chautari
