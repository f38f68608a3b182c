#include "protocols/kiosks/cabinet_a8_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/locale/utf.hpp>
#include <charconv>
#include <utility>

namespace chautari {
namespace {

// The longest list that parse_wifi_list() returns must fit a frame: six characters a byte at worst
// ("\u0001"), quotes and comma around each name, brackets, frame.
static_assert(a8_wifi_names_max * (a8_wifi_name_bytes_max * 6 + 3) + 2 + a8_frame_bytes_min <=
              a8_frame_bytes_max);

/// The number of a part like "CSQ:21"; nothing if the key is another or the value not all digits.
std::optional<unsigned> number_of(std::string_view part, std::string_view key) {
  if (!part.starts_with(key)) return {};
  const std::string_view digits = part.substr(key.size());
  unsigned value = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (problem != std::errc{} || end != digits.data() + digits.size()) return {};
  return value;
}

/// Fills one field of the heartbeat if the part is its first well-formed value.
bool take(std::string_view part, heartbeat& beat) {
  if (const auto signal = number_of(part, "CSQ:");
      signal && !beat.signal && (*signal <= 31 || *signal == 99)) {
    beat.signal = static_cast<std::uint8_t>(*signal);
    return true;
  }
  if (const auto power = number_of(part, "BP:"); power && !beat.power && *power <= 3) {
    beat.power = static_cast<std::uint8_t>(*power);
    return true;
  }
  return false;
}

void append_part(std::string& text, std::string_view part) {
  if (!text.empty()) text += ';';
  text += part;
}

}  // namespace

heartbeat parse_heartbeat(std::uint8_t board, std::string_view text) {
  heartbeat beat{board, {}, {}, {}};
  while (!text.empty()) {
    const std::size_t end = text.find(';');
    const std::string_view part = text.substr(0, end);
    if (!part.empty() && !take(part, beat)) append_part(beat.rest, part);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return beat;
}

std::string heartbeat_text(const heartbeat& beat) {
  std::string text;
  if (beat.signal) append_part(text, "CSQ:" + std::to_string(*beat.signal));
  if (beat.power) append_part(text, "BP:" + std::to_string(*beat.power));
  if (!beat.rest.empty()) append_part(text, beat.rest);
  return text;
}

std::optional<wifi_list> parse_wifi_list(std::string_view text) {
  boost::json::parse_options lenient;
  lenient.allow_invalid_utf8 = true;  // An SSID is 32 bytes of anything; repaired below.
  boost::json::error_code problem;
  const boost::json::value parsed = boost::json::parse(text, problem, {}, lenient);
  const boost::json::array* elements = problem ? nullptr : parsed.if_array();
  if (elements == nullptr) return {};
  wifi_list list;
  for (const boost::json::value& element : *elements) {
    if (list.names.size() == a8_wifi_names_max) break;
    const boost::json::string* raw = element.if_string();
    if (raw == nullptr) continue;
    std::string name = repair_utf8({raw->data(), raw->size()});
    if (name.size() <= a8_wifi_name_bytes_max) list.names.push_back(std::move(name));
  }
  return list;
}

std::string wifi_text(const wifi_list& list) {
  boost::json::array names;
  names.reserve(list.names.size());
  for (const std::string& name : list.names)
    names.emplace_back(name);
  return boost::json::serialize(names);
}

std::string repair_utf8(std::string_view text) {
  using utf8 = boost::locale::utf::utf_traits<char>;
  std::string repaired;
  repaired.reserve(text.size());
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    const char* next = at;
    const auto point = utf8::decode(next, end);
    if (point == boost::locale::utf::illegal || point == boost::locale::utf::incomplete) {
      repaired += "\xEF\xBF\xBD";
      ++at;
    } else {
      repaired.append(at, next);
      at = next;
    }
  }
  return repaired;
}

}  // namespace chautari
