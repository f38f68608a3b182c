#include "persistence/base/cursor.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace chautari {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t bytes_size = 24;
constexpr std::size_t text_size = bytes_size / 3 * 4;

}  // namespace

std::string to_cursor(const page_mark& mark) {
  std::array<std::uint8_t, bytes_size> bytes{};
  const auto ms = static_cast<std::uint64_t>(to_ms(mark.created_at));
  for (std::size_t at = 0; at < 8; ++at)
    bytes[at] = static_cast<std::uint8_t>(ms >> (56 - 8 * at));
  std::copy(mark.id.begin(), mark.id.end(), bytes.begin() + 8);
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::uint32_t group = static_cast<std::uint32_t>(bytes[at]) << 16 |
                                static_cast<std::uint32_t>(bytes[at + 1]) << 8 | bytes[at + 2];
    for (int shift = 18; shift >= 0; shift -= 6)
      text += alphabet[group >> shift & 63U];
  }
  return text;
}

std::optional<page_mark> parse_cursor(std::string_view cursor) {
  if (cursor.size() != text_size) return {};
  std::array<std::uint8_t, bytes_size> bytes{};
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const auto value = alphabet.find(cursor[at / 3 * 4 + i]);
      if (value == std::string_view::npos) return {};
      group = group << 6 | static_cast<std::uint32_t>(value);
    }
    for (std::size_t i = 0; i < 3; ++i)
      bytes[at + i] = static_cast<std::uint8_t>(group >> (16 - 8 * i));
  }
  std::uint64_t ms = 0;
  for (std::size_t at = 0; at < 8; ++at)
    ms = ms << 8 | bytes[at];
  constexpr std::uint64_t ms_max = 253'402'300'800'000;  // The year 10000, where RFC 3339 ends.
  if (ms >= ms_max) return {};
  page_mark mark{from_ms(static_cast<std::int64_t>(ms)), {}};
  std::copy(bytes.begin() + 8, bytes.end(), mark.id.begin());
  return mark;
}

}  // namespace chautari
