/// Any bytes as what a WebSocket client says. The first byte chooses:
///   '0'  after a sound upgrade the rest goes out as it is: frames, lengths, masks, fragments
///   '1'  the same, each line of the rest as one text frame: the words of chautari.v1
///   '2'  the rest are header lines of the upgrade itself
///   '3'  as '1' for an operator
/// What must hold: nothing throws; what is heard are whole frames of ours, each a word of the protocol; the
/// third bad frame and only that closes with 4400; when the client has hung up, nothing of it is left.

#include <algorithm>
#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "http/websocket/frames.hpp"
#include "protocols/base/check.hpp"
#include "protocols/base/limits.hpp"
#include "tests/fuzz/hostile_door.hpp"

namespace {

using namespace chautari;
using fuzzing::hostile_door;

struct server_frame {
  std::uint8_t opcode = 0;
  std::string payload;
};

constexpr std::uint8_t text_opcode = 1, close_opcode = 8, ping_opcode = 9, pong_opcode = 10;

std::uint8_t take_byte(std::string_view& from) {
  CHECK(!from.empty());
  const auto byte = static_cast<std::uint8_t>(from.front());
  from.remove_prefix(1);
  return byte;
}

/// RFC 6455, 5.2: whole, unmasked, without extension, in the shortest form.
server_frame take_frame(std::string_view& from) {
  const auto first = take_byte(from);
  CHECK((first & 0xF0U) == 0x80U);
  std::size_t length = take_byte(from);
  CHECK(length <= 127);
  const std::size_t wide = length < 126 ? 0 : length == 126 ? 2 : 8;
  if (wide > 0) length = 0;
  for (std::size_t at = 0; at < wide; ++at)
    length = length << 8U | take_byte(from);
  CHECK(wide == 0 || length >= (wide == 2 ? 126U : 65'536U));
  CHECK(length <= from.size());
  server_frame made{static_cast<std::uint8_t>(first & 0x0FU), std::string{from.substr(0, length)}};
  from.remove_prefix(length);
  return made;
}

void check_word(const std::string& text, int& bad_frames) {
  boost::json::error_code malformed;
  const auto word = boost::json::parse(text, malformed);
  CHECK(!malformed && word.is_object());
  const auto& type = word.at("type").as_string();
  CHECK(type == "welcome" || type == "subscribed" || type == "snapshot" || type == "event" ||
        type == "error");
  if (type == "error" && word.at("code") == "bad_frame") ++bad_frames;
}

/// Closes are told in words of RFC 6455 or of chautari.v1.
bool is_known_close(std::uint16_t code) {
  return (code >= 1000 && code <= 1015) || code == 4400 || code == 4401 || code == 4408 || code == 4429;
}

void check_frames(std::string_view heard) {
  int bad_frames = 0;
  while (!heard.empty()) {
    const auto frame = take_frame(heard);
    switch (frame.opcode) {
      case text_opcode:
        check_word(frame.payload, bad_frames);
        break;
      case close_opcode: {
        std::string_view payload = frame.payload;
        if (!payload.empty()) {
          const auto code = static_cast<std::uint16_t>(take_byte(payload) << 8U | take_byte(payload));
          CHECK(is_known_close(code) || code >= 3000);  // The client's own code comes back to it.
          CHECK(code != 4400 || bad_frames == limits::socket_bad_frames_max || payload != "bad_frames");
        }
        CHECK(heard.empty());
        return;
      }
      default:
        CHECK(frame.opcode == ping_opcode || frame.opcode == pong_opcode);
        CHECK(frame.payload.size() <= 125);
    }
  }
  CHECK(bad_frames <= limits::socket_bad_frames_max);
}

/// A client's frame with a mask of zeros, so that its words can be read in the input.
std::string client_frame_of(std::string_view text) {
  std::string frame{"\x81"};
  if (text.size() < 126) {
    frame += static_cast<char>(0x80U | text.size());
  } else {
    frame += '\xFE';
    frame += static_cast<char>(text.size() >> 8U);
    frame += static_cast<char>(text.size());
  }
  return frame.append(4, '\0').append(text);
}

/// What was read of a client's words, said again, is read the same.
void check_words(std::string_view line) {
  const auto frame = parse_client_frame(line);
  if (!frame) return;
  CHECK(frame->topics.size() <= limits::topics_per_socket_max);
  CHECK(frame->verb == client_verb::auth ? !frame->token.empty() && frame->topics.empty()
                                         : !frame->topics.empty());
  boost::json::array topics(frame->topics.begin(), frame->topics.end());
  boost::json::object again;
  if (frame->verb == client_verb::auth) again = {{"type", "auth"}, {"token", frame->token}};
  if (frame->verb == client_verb::resume)
    again = {{"type", "resume"}, {"topic", topics.front()}, {"revision", frame->revision}};
  if (frame->verb == client_verb::subscribe || frame->verb == client_verb::unsubscribe) {
    again = {{"type", frame->verb == client_verb::subscribe ? "subscribe" : "unsubscribe"},
             {"id", boost::json::parse(frame->id_json)},
             {"topics", topics}};
  }
  const auto repeated = parse_client_frame(boost::json::serialize(again));
  CHECK(repeated && repeated->verb == frame->verb && repeated->topics == frame->topics &&
        repeated->token == frame->token && repeated->id_json == frame->id_json &&
        repeated->revision == frame->revision);
  const auto confirmed = subscribed_frame(frame->id_json, frame->topics, {{"t", "c"}});
  CHECK(boost::json::parse(confirmed).at("topics") == topics);
}

std::string upgrade_request(bool is_operator, std::string_view more) {
  std::string text = is_operator ? "GET /ws/admin" : "GET /ws";
  text += " HTTP/1.1\r\nHost: t\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
  return text.append(more).append("\r\n\r\n");
}

constexpr std::string_view sound_offer =
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: chautari.v1, bearer.";

void visit(hostile_door& door, char mode, std::string_view rest) {
  fuzzing::visitor client{door};
  const bool is_operator = mode == '3';
  if (mode == '2') {
    client.say(upgrade_request(false, rest), rest.size() + 200);
  } else {
    std::string offer{sound_offer};
    offer += is_operator ? hostile_door::operator_token : hostile_door::rider_token;
    const auto request = upgrade_request(is_operator, offer);
    client.say(request, request.size());
    CHECK(client.heard().starts_with("HTTP/1.1 101 "));
  }
  if (mode == '0') {
    client.say(rest, rest.size() / 32 + 1 + static_cast<std::uint8_t>(rest.back()) % 64);
  } else if (mode != '2') {
    while (!rest.empty()) {
      const auto line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      check_words(line);
      const auto frame = client_frame_of(line);
      client.say(frame, frame.size());
    }
    door.wind(seconds{1});
    client.say("", 1);
  }
  client.hang_up();
  std::string_view heard = client.heard();
  if (!heard.starts_with("HTTP/1.1 101 ")) return;
  const auto end = heard.find("\r\n\r\n");
  CHECK(end != std::string_view::npos);
  check_frames(heard.substr(end + 4));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static auto& door = hostile_door::kept(true);
  constexpr std::size_t line_bytes_max = 65'535;  // What client_frame_of can say.
  if (size < 2 || size > line_bytes_max) return 0;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  visit(door, text.front(), text.substr(1));
  door.turn();
  door.wind(minutes{5});
  door.wind(minutes{5});
  door.probe().requests.clear();
  door.probe().close_codes.clear();
  CHECK(door.is_empty());
  return 0;
}
