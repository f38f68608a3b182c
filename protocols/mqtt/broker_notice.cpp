#include "protocols/mqtt/broker_notice.hpp"

#include <algorithm>
#include <array>

#include "protocols/kiosks/cabinet_topic.hpp"

namespace chautari {
namespace {

constexpr std::string_view connected_words = "New client connected from ";
constexpr std::string_view client_words = "Client ";

/// What follows "Client <id> " when the broker has let go of it (mosquitto 2.0.11, src/loop.c).
constexpr std::array<std::string_view, 4> departures{"disconnected", "closed its connection",
                                                     "has exceeded timeout", "been disconnected"};
/// Departures that name the client at their end.
constexpr std::array<std::string_view, 2> late_names{"Bad socket read/write on client ", "Expiring client "};

/// "1700000000: " or "2026-01-02T03:04:05: ": only characters of a time, closed by ": ".
std::string_view without_time(std::string_view text) {
  const auto end = text.find(": ");
  if (end == std::string_view::npos || end == 0 || end > 32) return text;
  const auto is_of_a_time = [](char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == ':' || c == 'T' || c == 'Z' || c == '+' || c == '.' ||
           c == ' ';
  };
  const auto time = text.substr(0, end);
  return std::all_of(time.begin(), time.end(), is_of_a_time) ? text.substr(end + 2) : text;
}

/// The text up to the first of `ends`, as an imei.
std::optional<imei> leading_imei(std::string_view text, std::string_view ends) {
  return parse_imei(text.substr(0, std::min(text.find_first_of(ends), text.size())));
}

std::optional<broker_notice> arrival(std::string_view text) {
  // The address holds no space; what follows " as " up to the next space is the id, which cannot forge
  // another because an imei is digits only.
  const auto as = text.find(' ');
  if (as == std::string_view::npos || text.substr(as, 4) != " as ") return {};
  auto cabinet = leading_imei(text.substr(as + 4), " ");
  if (!cabinet) return {};
  return broker_notice{std::move(*cabinet), true};
}

std::optional<broker_notice> departure(std::string_view text) {
  const auto end = text.find(' ');
  if (end == std::string_view::npos) return {};
  auto cabinet = parse_imei(text.substr(0, end));
  if (!cabinet) return {};
  const auto rest = text.substr(end + 1);
  const auto says = [rest](std::string_view words) { return rest.starts_with(words); };
  if (std::none_of(departures.begin(), departures.end(), says)) return {};
  return broker_notice{std::move(*cabinet), false};
}

}  // namespace

std::optional<broker_notice> parse_broker_notice(std::string_view text) {
  text = without_time(text);
  if (text.starts_with(connected_words)) return arrival(text.substr(connected_words.size()));
  if (text.starts_with(client_words)) return departure(text.substr(client_words.size()));
  for (const auto words : late_names) {
    if (!text.starts_with(words)) continue;
    if (auto cabinet = leading_imei(text.substr(words.size()), ": ")) {
      return broker_notice{std::move(*cabinet), false};
    }
  }
  return {};
}

}  // namespace chautari
