#pragma once
/// Lists that only grow: by cursor, and by page for old clients. Tables of the back office: by page.

#include <cstdint>
#include <string>

#include "http/operations/refusals.hpp"
#include "http/server/field_reader.hpp"

namespace chautari {

struct feed_page {
  std::string cursor;     ///< Empty: from the newest.
  std::int32_t page = 0;  ///< Above zero: by number, and the total is counted.
  std::int32_t limit = 20;
};

/// Reads cursor, limit, page, page_size; notes `cursor` and `page` given together.
[[nodiscard]] feed_page read_feed_page(field_reader& fields);

/// A day in Asia/Kathmandu or a moment: "2026-01-31" or RFC 3339. An end day is meant whole.
[[nodiscard]] std::optional<timestamp> read_day_or_time(field_reader& fields, std::string_view name,
                                                        bool is_end);

/// As `answer_refusal`, but a cursor that the reader does not know is the caller's mistake: 400.
void answer_page_refusal(exchange& in, const caf::error& why);

/// Closes `{"results":[...` : by cursor `"next_cursor"`, by page also `"pagination"`.
void append_feed_end(std::string& out, const feed_page& asked, const std::string& next_cursor,
                     std::int64_t total);

/// A page of a back-office table; one beyond the end is empty.
struct table_page {
  std::int64_t page = 1;
  std::int64_t size = 20;
  [[nodiscard]] std::int64_t offset() const { return (page - 1) * size; }
};

/// Reads page and page_size.
[[nodiscard]] table_page read_table_page(field_reader& fields);

/// Closes `{"results":[...` with `"pagination"`.
void append_table_end(std::string& out, const table_page& asked, std::int64_t total);

}  // namespace chautari
