#include "http/operations/paging.hpp"

#include "http/server/response.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

namespace {

/// `,"pagination":{...}`
void append_pagination(std::string& out, std::int64_t page, std::int64_t size, std::int64_t total) {
  const auto pages = (total + size - 1) / size;
  const auto number_or_null = [&out](std::string_view key, std::int64_t value, bool is_there) {
    out += key;
    out += is_there ? std::to_string(value) : "null";
  };
  out += R"(,"pagination":{"current_page":)" + std::to_string(page);
  out += R"(,"total_pages":)" + std::to_string(pages) + R"(,"total_count":)" + std::to_string(total);
  out += R"(,"page_size":)" + std::to_string(size);
  out += page < pages ? R"(,"has_next":true)" : R"(,"has_next":false)";
  out += page > 1 ? R"(,"has_previous":true)" : R"(,"has_previous":false)";
  number_or_null(R"(,"next_page":)", page + 1, page < pages);
  number_or_null(R"(,"previous_page":)", page - 1, page > 1);
  out += '}';
}

/// The network is younger, and PostgreSQL knows no year 0.
std::optional<timestamp> within_reason(field_reader& fields, std::string_view name, timestamp at) {
  if (at >= timestamp{}) return at;
  fields.note(name, "out_of_range");
  return {};
}

}  // namespace

feed_page read_feed_page(field_reader& fields) {
  feed_page wanted;
  wanted.cursor = fields.optional_text("cursor", {.shortest = 1, .longest = 200}).value_or("");
  const auto page = fields.optional_integer("page", {.least = 1, .most = 1'000'000});
  const auto size = fields.optional_integer("page_size", {.least = 1, .most = 100});
  const auto limit = fields.optional_integer("limit", {.least = 1, .most = 100});
  if (page && !wanted.cursor.empty()) fields.note("page", "conflict", "Give a cursor or a page, not both.");
  wanted.page = static_cast<std::int32_t>(page.value_or(0));
  wanted.limit = static_cast<std::int32_t>(size ? *size : limit.value_or(20));
  return wanted;
}

std::optional<timestamp> read_day_or_time(field_reader& fields, std::string_view name, bool is_end) {
  const auto text = fields.optional_text(name, {.shortest = 10, .longest = 40});
  if (!text) return {};
  const bool is_day = text->size() == 10;
  const auto at = parse_rfc3339(is_day ? *text + "T00:00:00+05:45" : *text);
  if (!at) return fields.note(name, "malformed"), std::nullopt;
  return within_reason(fields, name, is_day && is_end ? *at + hours{24} : *at);
}

void answer_page_refusal(exchange& in, const caf::error& why) {
  if (reason_of<reader_refusal>(why) != reader_refusal::not_found) return answer_refusal(in, why);
  in.fail({.status = 400, .code = "validation_error", .details = {{"cursor", "malformed", {}}}});
}

void append_feed_end(std::string& out, const feed_page& asked, const std::string& next_cursor,
                     std::int64_t total) {
  out += R"(],"next_cursor":)";
  if (next_cursor.empty()) {
    out += "null";
  } else {
    append_json_text(out, next_cursor);
  }
  if (asked.page > 0) append_pagination(out, asked.page, asked.limit, total);
  out += '}';
}

table_page read_table_page(field_reader& fields) {
  table_page wanted;
  wanted.page = fields.optional_integer("page", {.least = 1, .most = 1'000'000}).value_or(1);
  wanted.size =
      fields.optional_integer("page_size", {.least = 1, .most = limits::page_rows_max}).value_or(20);
  return wanted;
}

void append_table_end(std::string& out, const table_page& asked, std::int64_t total) {
  out += ']';
  append_pagination(out, asked.page, asked.size, total);
  out += '}';
}

}  // namespace chautari
