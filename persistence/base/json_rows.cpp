#include "persistence/base/json_rows.hpp"

#include <array>
#include <charconv>

#include "protocols/base/check.hpp"

namespace chautari {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

[[nodiscard]] bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; }

void append_digits(std::string& out, unsigned value, int width) {
  std::array<char, 8> digits{};
  for (int at = width - 1; at >= 0; --at, value /= 10)
    digits[static_cast<std::size_t>(at)] = static_cast<char>('0' + value % 10);
  out.append(digits.data(), static_cast<std::size_t>(width));
}

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\0':
      out += "\xEF\xBF\xBD";
      return;
    default:
      out += "\\u00";
      out += hex_digits[static_cast<unsigned char>(c) >> 4];
      out += hex_digits[static_cast<unsigned char>(c) & 15];
  }
}

}  // namespace

void append_json_string(std::string& out, std::string_view value) {
  out += '"';
  std::size_t from = 0;
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (is_plain(value[at])) continue;
    out.append(value, from, at - from);
    append_escaped(out, value[at]);
    from = at + 1;
  }
  out.append(value, from, value.size() - from);
  out += '"';
}

void append_uuid(std::string& out, const boost::uuids::uuid& id) {
  std::array<char, 36> text{};
  std::size_t at = 0;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text[at++] = '-';
    text[at++] = hex_digits[id.data[i] >> 4];
    text[at++] = hex_digits[id.data[i] & 15];
  }
  out.append(text.data(), text.size());
}

void append_time(std::string& out, timestamp at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const auto ms = static_cast<unsigned>((at - day).count());
  append_digits(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  out += '-';
  append_digits(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  append_digits(out, static_cast<unsigned>(date.day()), 2);
  out += 'T';
  append_digits(out, ms / 3'600'000, 2);
  out += ':';
  append_digits(out, ms / 60'000 % 60, 2);
  out += ':';
  append_digits(out, ms / 1'000 % 60, 2);
  out += '.';
  append_digits(out, ms % 1'000, 3);
  out += 'Z';
}

std::string& json_rows::key(std::string_view name) {
  CHECK(is_open_);
  text_ += is_first_field_ ? "\"" : ",\"";
  is_first_field_ = false;
  text_ += name;
  text_ += "\":";
  return text_;
}

json_rows& json_rows::text(std::string_view name, std::string_view value) {
  append_json_string(key(name), value);
  return *this;
}

json_rows& json_rows::text_or_null(std::string_view name, std::string_view value) {
  return value.empty() ? *this : text(name, value);
}

json_rows& json_rows::json(std::string_view name, std::string_view value, std::string_view if_empty) {
  key(name) += value.empty() ? if_empty : value;
  return *this;
}

json_rows& json_rows::flag(std::string_view name, bool value) {
  key(name) += value ? "true" : "false";
  return *this;
}

json_rows& json_rows::number(std::string_view name, std::int64_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  key(name).append(digits.data(), end);
  return *this;
}

json_rows& json_rows::number_or_null(std::string_view name, std::optional<std::int64_t> value) {
  if (value) return number(name, *value);
  key(name) += "null";
  return *this;
}

json_rows& json_rows::real(std::string_view name, double value) {
  std::array<char, 40> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  key(name).append(digits.data(), end);
  return *this;
}

json_rows& json_rows::time(std::string_view name, timestamp at) {
  auto& out = key(name);
  out += '"';
  append_time(out, at);
  out += '"';
  return *this;
}

json_rows& json_rows::time(std::string_view name, const std::optional<timestamp>& at) {
  return at ? time(name, *at) : *this;
}

json_rows& json_rows::id(std::string_view name, const boost::uuids::uuid& value) {
  auto& out = key(name);
  out += '"';
  append_uuid(out, value);
  out += '"';
  return *this;
}

const std::string& json_rows::finish() {
  close();
  if (!is_finished_) text_ += ']';
  is_finished_ = true;
  return text_;
}

void json_rows::clear() {
  text_ = "[";
  size_ = 0;
  is_open_ = is_first_field_ = is_finished_ = false;
}

}  // namespace chautari
