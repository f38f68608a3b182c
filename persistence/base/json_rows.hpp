#pragma once
/// Rows on their way to the database: one JSON array of objects, appended straight into a string. A document
/// tree would cost more than the statement it feeds.

#include <boost/uuid/uuid.hpp>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/ids.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

/// Appends `value` as a JSON string. NUL, which PostgreSQL's text cannot hold, becomes U+FFFD.
void append_json_string(std::string& out, std::string_view value);
/// Appends 36 characters.
void append_uuid(std::string& out, const boost::uuids::uuid& id);
/// Appends 24 characters: RFC 3339 in UTC with milliseconds.
void append_time(std::string& out, timestamp at);

/// Field names are column names. Begin each row with `row()`. A field of a row that is null is left out: the
/// database reads it as null, and what is not written need not be parsed.
class json_rows {
public:
  json_rows& row() {
    close();
    text_ += size_++ == 0 ? "{" : ",{";
    is_first_field_ = is_open_ = true;
    return *this;
  }

  json_rows& text(std::string_view name, std::string_view value);
  /// Null if empty.
  json_rows& text_or_null(std::string_view name, std::string_view value);
  /// A JSON document in its own words; `if_empty` if there are none.
  json_rows& json(std::string_view name, std::string_view value, std::string_view if_empty = "{}");
  /// Null if empty.
  json_rows& json_or_null(std::string_view name, std::string_view value) {
    return value.empty() ? *this : json(name, value);
  }
  json_rows& flag(std::string_view name, bool value);
  json_rows& number(std::string_view name, std::int64_t value);
  json_rows& number(std::string_view name, money value) { return number(name, value.paisa); }
  /// Written as null too, for documents that are read back as they are.
  json_rows& number_or_null(std::string_view name, std::optional<std::int64_t> value);
  json_rows& real(std::string_view name, double value);
  json_rows& time(std::string_view name, timestamp at);
  json_rows& time(std::string_view name, const std::optional<timestamp>& at);
  json_rows& id(std::string_view name, const boost::uuids::uuid& value);
  template <class Tag>
  json_rows& id(std::string_view name, const uuid_id<Tag>& value) {
    return id(name, value.value);
  }
  /// Null if nil.
  template <class Tag>
  json_rows& id_or_null(std::string_view name, const uuid_id<Tag>& value) {
    return value.is_nil() ? *this : id(name, value.value);
  }
  /// For the type bytea.
  template <class Bytes>
  json_rows& bytes(std::string_view name, const Bytes& value) {
    static constexpr char digits[] = "0123456789abcdef";
    key(name) += "\"\\\\x";
    for (const std::uint8_t byte : value) {
      text_ += digits[byte >> 4];
      text_ += digits[byte & 15];
    }
    text_ += '"';
    return *this;
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  /// The whole array.
  [[nodiscard]] const std::string& finish();
  /// The one object of an array of one.
  [[nodiscard]] std::string only() {
    const auto& array = finish();
    return array.substr(1, array.size() - 2);
  }
  /// Empty again; keeps its memory.
  void clear();

private:
  std::string& key(std::string_view name);
  void close() {
    if (is_open_) text_ += '}';
    is_open_ = false;
  }

  std::string text_ = "[";
  std::size_t size_ = 0;
  bool is_open_ = false;
  bool is_first_field_ = false;
  bool is_finished_ = false;
};

}  // namespace chautari
