#include "persistence/base/table_rows.hpp"

#include <algorithm>
#include <charconv>
#include <concepts>
#include <limits>

#include "persistence/base/database_error.hpp"
#include "protocols/base/check.hpp"

namespace chautari {
namespace {

/// Numbers of built-in types (pg_type.dat); they never change.
namespace type {
constexpr std::uint32_t boolean = 16;
constexpr std::uint32_t bytea = 17;
constexpr std::uint32_t bigint = 20;
constexpr std::uint32_t smallint = 21;
constexpr std::uint32_t integer = 23;
constexpr std::uint32_t text = 25;
constexpr std::uint32_t json = 114;
constexpr std::uint32_t timestamptz = 1184;
constexpr std::uint32_t uuid = 2950;
}  // namespace type

constexpr std::size_t array_head_bytes = 20;
constexpr std::int64_t ms_until_2000 = 946'684'800'000;

template <std::integral Number>
void put(char* to, Number value) {
  auto rest = static_cast<std::make_unsigned_t<Number>>(value);
  for (std::size_t at = sizeof value; at-- > 0; rest = static_cast<decltype(rest)>(rest >> 7 >> 1))
    to[at] = static_cast<char>(rest & 0xFFU);
}

template <std::integral Number>
void append(std::string& out, Number value) {
  const auto at = out.size();
  out.resize(at + sizeof value);
  put(out.data() + at, value);
}

/// One dimension, no nulls, counted from 1.
void put_array_head(char* to, std::uint32_t element_type, std::size_t size) {
  put(to, std::int32_t{1});
  put(to + 4, std::int32_t{0});
  put(to + 8, element_type);
  put(to + 12, static_cast<std::int32_t>(size));
  put(to + 16, std::int32_t{1});
}

template <std::integral Number>
Number narrow(std::int64_t value, std::string_view column) {
  if (value >= std::numeric_limits<Number>::min() && value <= std::numeric_limits<Number>::max())
    return static_cast<Number>(value);
  throw database_error{database_error::kind::data, "22003", "out of range for " + std::string{column}};
}

std::uint32_t number_in(std::string_view text) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

table_shapes read_table_shapes(const std::vector<std::string>& lines) {
  table_shapes shapes;
  for (std::string_view line : lines) {
    const auto word = [&line] {
      const auto end = std::min(line.find(' '), line.size());
      const auto first = line.substr(0, end);
      line.remove_prefix(std::min(end + 1, line.size()));
      return first;
    };
    auto& shape = shapes[std::string{word()}];
    shape.row_type = number_in(word());
    const auto column_type = number_in(word());
    shape.columns.push_back({std::string{word()}, column_type});
  }
  return shapes;
}

void table_rows::take_shape(const table_shape& shape) {
  shape_ = &shape;
  clear();
}

table_rows& table_rows::row() {
  CHECK(shape_ != nullptr);
  close();
  if (array_.empty()) array_.resize(array_head_bytes);
  values_.clear();
  cells_.assign(shape_->columns.size(), {});
  next_column_ = 0;
  ++size_;
  is_open_ = true;
  return *this;
}

std::size_t table_rows::find(std::string_view name) {
  const auto& columns = shape_->columns;
  for (std::size_t tried = 0; tried < columns.size(); ++tried) {
    if (next_column_ >= columns.size()) next_column_ = 0;
    if (columns[next_column_++].name == name) return next_column_ - 1;
  }
  throw database_error{database_error::kind::doubt, "42703", "no column " + std::string{name}};
}

void table_rows::refuse_kind(std::size_t column) const {
  throw database_error{database_error::kind::doubt, "42804",
                       "column " + shape_->columns[column].name + " is of another type"};
}

void table_rows::keep(std::size_t column, std::string_view value) {
  CHECK(is_open_);
  cells_[column] = {values_.size(), static_cast<std::int32_t>(value.size())};
  values_ += value;
}

table_rows& table_rows::text(std::string_view name, std::string_view value) {
  const auto column = find(name);
  if (type_of(column) != type::text && type_of(column) != type::json) refuse_kind(column);
  keep(column, value);
  if (value.find('\0') == std::string_view::npos) return *this;
  // PostgreSQL's text cannot hold NUL: it becomes U+FFFD, as in json_rows.
  std::string replaced;
  for (const char c : value)
    c == '\0' ? replaced += "\xEF\xBF\xBD" : replaced += c;
  keep(column, replaced);
  return *this;
}

table_rows& table_rows::flag(std::string_view name, bool value) {
  const auto column = find(name);
  if (type_of(column) != type::boolean) refuse_kind(column);
  keep(column, std::string_view{value ? "\1" : "\0", 1});
  return *this;
}

table_rows& table_rows::number(std::string_view name, std::int64_t value) {
  const auto column = find(name);
  char digits[sizeof value];
  switch (type_of(column)) {
    case type::bigint:
      put(digits, value);
      keep(column, {digits, 8});
      return *this;
    case type::integer:
      put(digits, narrow<std::int32_t>(value, name));
      keep(column, {digits, 4});
      return *this;
    case type::smallint:
      put(digits, narrow<std::int16_t>(value, name));
      keep(column, {digits, 2});
      return *this;
    default:
      refuse_kind(column);
  }
}

table_rows& table_rows::time(std::string_view name, timestamp at) {
  const auto column = find(name);
  if (type_of(column) != type::timestamptz) refuse_kind(column);
  char digits[sizeof(std::int64_t)];
  put(digits, (to_ms(at) - ms_until_2000) * 1000);
  keep(column, {digits, sizeof digits});
  return *this;
}

table_rows& table_rows::id(std::string_view name, const boost::uuids::uuid& value) {
  const auto column = find(name);
  if (type_of(column) != type::uuid) refuse_kind(column);
  keep(column, {reinterpret_cast<const char*>(value.data), sizeof value.data});
  return *this;
}

table_rows& table_rows::bytes(std::string_view name, const std::vector<std::uint8_t>& value) {
  const auto column = find(name);
  if (type_of(column) != type::bytea) refuse_kind(column);
  keep(column, {reinterpret_cast<const char*>(value.data()), value.size()});
  return *this;
}

/// A row: its length, the number of its columns, and of each its type, its length (-1: null) and its bytes.
void table_rows::close() {
  if (!is_open_) return;
  is_open_ = false;
  const auto begin = array_.size();
  append(array_, std::int32_t{0});
  append(array_, static_cast<std::int32_t>(cells_.size()));
  for (std::size_t at = 0; at < cells_.size(); ++at) {
    append(array_, type_of(at));
    append(array_, cells_[at].length);
    if (cells_[at].length > 0)
      array_.append(values_, cells_[at].first, static_cast<std::size_t>(cells_[at].length));
  }
  put(array_.data() + begin, static_cast<std::int32_t>(array_.size() - begin - sizeof(std::int32_t)));
}

const std::string& table_rows::finish() {
  CHECK(shape_ != nullptr);
  close();
  if (array_.empty()) array_.resize(array_head_bytes);
  put_array_head(array_.data(), shape_->row_type, size_);
  return array_;
}

void table_rows::clear() {
  array_.clear();
  size_ = 0;
  is_open_ = false;
}

std::string uuid_array(const std::vector<boost::uuids::uuid>& values) {
  std::string out(array_head_bytes, '\0');
  put_array_head(out.data(), type::uuid, values.size());
  for (const auto& value : values) {
    append(out, static_cast<std::int32_t>(sizeof value.data));
    out.append(reinterpret_cast<const char*>(value.data), sizeof value.data);
  }
  return out;
}

}  // namespace chautari
