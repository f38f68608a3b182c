/// Any bytes as what an HTTP client says. The first byte chooses:
///   '0'  the rest goes out as it is: request lines, headers, framing, pipelines, bodies
///   '1'  the rest is "VERB target\n" and a body: sent as a sound request of somebody who may call, so that
///   the
///        fuzzer reaches what the rows read from paths, queries and bodies
/// What must hold: no handler throws or forgets to answer; what is heard is answers and nothing else, each in
/// its envelope under its own request id; the same bytes cut into other pieces are answered the same; and
/// when the client has hung up, nothing of it is left.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "http/compatibility/sync_signature.hpp"
#include "protocols/base/check.hpp"
#include "tests/fuzz/hostile_door.hpp"

namespace {

using namespace chautari;
using fuzzing::heard_answer;
using fuzzing::hostile_door;

/// At most so many pieces, or a long input costs more than it finds.
constexpr std::size_t pieces_max = 48;
/// The longest a rate counts is a day.
constexpr hours between_visits{25};

struct told_answer {
  int status = 0;
  std::string text;

  friend bool operator==(const told_answer&, const told_answer&) = default;
};

/// Without what differs from one request to the next: the id we made for it.
told_answer without_id(const heard_answer& answer) {
  std::string text = answer.head + answer.body;
  for (auto at = text.find(answer.request_id); at != std::string::npos; at = text.find(answer.request_id, at))
    text.erase(at, answer.request_id.size());
  return {answer.status, answer.is_gzip ? "" : std::move(text)};
}

std::vector<told_answer> answers_to(hostile_door& door, std::string_view bytes, std::size_t piece_bytes) {
  door.wind(between_visits);
  door.probe().requests.clear();
  std::vector<told_answer> told;
  {
    fuzzing::visitor client{door};
    client.say(bytes, piece_bytes);
    client.hang_up();
    const auto answers = read_answers(client.heard(), door.probe().requests);
    CHECK(answers.size() == door.probe().requests.size());
    for (std::size_t at = 0; at < answers.size(); ++at) {
      check_envelope(answers[at], door.probe().requests[at]);
      told.push_back(without_id(answers[at]));
    }
  }
  door.turn();
  CHECK(door.is_empty());
  return told;
}

/// The same, but that what is no request may show before it is over or not at all: a header that was never
/// ended is read only as far as it came.
bool are_the_same(std::vector<told_answer> whole, std::vector<told_answer> pieces) {
  auto& longer = whole.size() > pieces.size() ? whole : pieces;
  const bool has_one_more = whole.size() != pieces.size();
  if (has_one_more && longer.back().status != 400) return false;
  if (has_one_more) longer.pop_back();
  return whole == pieces;
}

/// A line that cannot end early, or nothing.
std::string_view request_line(std::string_view text) {
  const auto line = text.substr(0, text.find('\n'));
  const auto is_visible = [](char c) { return c > ' ' && c <= '~'; };
  const auto space = line.find(' ');
  if (space == std::string_view::npos || space + 1 == line.size() || line[space + 1] != '/') return {};
  const auto verb = line.substr(0, space);
  const auto target = line.substr(space + 1);
  constexpr std::string_view verbs = "GET HEAD POST PUT PATCH DELETE OPTIONS";
  const bool is_sound = verbs.find(verb) != std::string_view::npos && verb.size() > 2 &&
                        std::all_of(target.begin(), target.end(), is_visible) &&
                        std::all_of(verb.begin(), verb.end(), is_visible);
  return is_sound ? line : std::string_view{};
}

/// A request of whoever the row is for, signed as the bridge would.
std::string sound_request(const hostile_door& door, std::string_view line, std::string_view body) {
  const auto target = line.substr(line.find(' ') + 1);
  router::match found;
  door.routes().find(line.starts_with("GET") || line.starts_with("HEAD") ? http_method::get
                     : line.starts_with("DELETE")                        ? http_method::remove
                     : line.starts_with("PATCH")                         ? http_method::patch
                     : line.starts_with("PUT")                           ? http_method::put
                                                                         : http_method::post,
                     target.substr(0, target.find('?')), found);
  const bool is_operators = found.row != nullptr && found.row->who == access::admin_access;
  const auto stamp = std::to_string(to_ms(hostile_door::noon) / 1'000);
  std::string text{line};
  text +=
      " HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nIdempotency-Key: k\r\nAuthorization: "
      "Bearer ";
  text += is_operators ? hostile_door::operator_token : hostile_door::rider_token;
  text += "\r\nX-Timestamp: " + stamp;
  text += "\r\nX-Signature: " + sync_signature(hostile_door::bridge_secret, body, stamp);
  text += "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  return text.append(body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static auto& door = hostile_door::kept(false);
  if (size < 2) return 0;
  std::string_view text{reinterpret_cast<const char*>(data), size};
  const bool is_sound = text.front() == '1';
  text.remove_prefix(1);
  std::string said{text};
  if (is_sound) {
    const auto line = request_line(text);
    if (line.empty()) return 0;
    said = sound_request(door, line, text.substr(std::min(line.size() + 1, text.size())));
  }
  const auto whole = answers_to(door, said, said.size());
  CHECK(!is_sound || whole.size() == 1);
  // The size of the pieces is a matter of the input too: the fuzzer may choose where they end.
  const auto least = said.size() / pieces_max + 1;
  const auto pieces = answers_to(door, said, least + static_cast<std::uint8_t>(said.back()) % 17);
  CHECK(is_sound ? pieces == whole : are_the_same(whole, pieces));
  return 0;
}
