#pragma once
/// Identifiers that cannot be mixed up: each is its own type, whatever it is made of.

#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid.hpp>
#include <boost/uuid/uuid_hash.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace chautari {

/// A 128-bit id, UUIDv7 where we make it (RFC 9562, 5.7); lower-case text with dashes outside.
template <class Tag>
struct uuid_id {
  boost::uuids::uuid value{};

  [[nodiscard]] bool is_nil() const { return value.is_nil(); }
  [[nodiscard]] std::string text() const { return boost::uuids::to_string(value); }

  /// Accepts exactly the 36-character form; anything else is nothing.
  static std::optional<uuid_id> parse(std::string_view text) {
    if (text.size() != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
      return {};
    for (std::size_t at = 0; at < text.size(); ++at) {
      const char c = text[at];
      const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      if (c != '-' && !hex) return {};
      if (c == '-' && at != 8 && at != 13 && at != 18 && at != 23) return {};
    }
    return uuid_id{boost::uuids::string_generator{}(text.begin(), text.end())};
  }

  friend bool operator==(const uuid_id& a, const uuid_id& b) { return a.value == b.value; }
  friend bool operator<(const uuid_id& a, const uuid_id& b) { return a.value < b.value; }
};

/// An id that is text given by the world outside (a serial number on a sticker, an IMEI).
template <class Tag>
struct text_id {
  std::string value;

  [[nodiscard]] bool is_nil() const { return value.empty(); }
  [[nodiscard]] const std::string& text() const { return value; }

  friend auto operator<=>(const text_id&, const text_id&) = default;
};

/// An id that is a number given by the world outside.
template <class Tag, class Number>
struct number_id {
  Number value{};

  [[nodiscard]] bool is_nil() const { return value == Number{}; }
  [[nodiscard]] std::string text() const { return std::to_string(value); }

  friend auto operator<=>(const number_id&, const number_id&) = default;
};

}  // namespace chautari

template <class Tag>
struct std::hash<chautari::uuid_id<Tag>> {
  std::size_t operator()(const chautari::uuid_id<Tag>& id) const noexcept {
    return boost::uuids::hash_value(id.value);
  }
};
template <class Tag>
struct std::hash<chautari::text_id<Tag>> {
  std::size_t operator()(const chautari::text_id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.value);
  }
};
template <class Tag, class Number>
struct std::hash<chautari::number_id<Tag, Number>> {
  std::size_t operator()(const chautari::number_id<Tag, Number>& id) const noexcept {
    return std::hash<Number>{}(id.value);
  }
};
