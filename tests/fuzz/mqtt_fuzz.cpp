/// Any bytes as what comes from the broker, and as what a cabinet says over HTTP. The first byte chooses:
///   '0'  a topic
///   '1'  a cabinet's message: the frame, what operators read of it
///   '2'  the broker's answer about accounts; and the rest as a password in the words to the broker
///   '3'  the broker's notice about a client
///   '4'..'8'  "name=value" lines and, after an empty one, a body: one of the maker's calls, signed as a
///             cabinet does (4 connect, 5 upload, 6 return, 7 configuration, 8 adverts)
/// What must hold: each reading is total, what was accepted is said again the same way, nothing but our own
/// kind of topic is a cabinet's, a wrong sign is always refused and a right one never for its sign.

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "http/server/text.hpp"
#include "protocols/base/check.hpp"
#include "protocols/kiosks/cabinet_a8.hpp"
#include "protocols/kiosks/cabinet_sign.hpp"
#include "protocols/kiosks/cabinet_topic.hpp"
#include "protocols/kiosks/report_meaning.hpp"
#include "protocols/mqtt/account_words.hpp"
#include "protocols/mqtt/broker_notice.hpp"
#include "tests/fuzz/hostile_door.hpp"

namespace {

using namespace chautari;
using fuzzing::hostile_door;

void check_topic(std::string_view text) {
  const auto read = parse_cabinet_topic(text);
  if (read) {
    CHECK(topic_of(read->cabinet, read->channel) == text);
    CHECK(parse_imei(read->cabinet.value) == read->cabinet);
    CHECK(command_topic(read->cabinet) != text);
  }
  const auto cabinet = parse_imei(text);
  if (!cabinet) return;
  CHECK(cabinet->value == text && text.size() <= imei_digits_max);
  for (const auto channel : {cabinet_channel::update, cabinet_channel::heart, cabinet_channel::upload})
    CHECK(parse_cabinet_topic(topic_of(*cabinet, channel)) == (cabinet_topic{*cabinet, channel}));
  CHECK(!parse_cabinet_topic(command_topic(*cabinet)));
}

void check_message(std::string_view text) {
  cabinet_report report;
  report.cabinet = imei{"860000000000011"};
  report.received_at = hostile_door::noon;
  report.raw.assign(text.begin(), text.end());
  const auto decoded = decode(report.raw);
  if (const auto* error = std::get_if<frame_error>(&decoded))
    report.error = static_cast<std::int32_t>(*error);
  if (report.raw.size() > 3) report.frame_type = report.raw[3];
  const auto meaning = meaning_of(report);
  CHECK(!meaning.empty() && is_clean_text(meaning) && meaning.find('\n') == std::string::npos);
  CHECK(hex_of(report.raw).size() == 2 * text.size());
  const auto shown = boost::json::parse(boost::json::serialize(report_json(report)));
  CHECK(shown.at("meaning").as_string() == meaning);
  // The same as a call over HTTP, shown as it came; a NUL is for JSON to escape.
  report.door = transport::http;
  auto call = meaning_of(report);
  std::erase(call, '\0');
  CHECK(is_clean_text(call));
}

void check_account_answer(std::string_view text) {
  const auto replies = parse_account_replies(text);
  for (auto one = replies.begin(); one != replies.end(); ++one) {
    CHECK(!one->tag.empty() && (one->outcome == account_outcome::done) == one->error.empty());
    CHECK(std::none_of(replies.begin(), one, [&](const auto& other) { return other.tag == one->tag; }));
  }
  if (!is_clean_text(text)) return;
  // A password is one text to the broker, whatever it looks like.
  const imei cabinet{"860000000000011"};
  for (const auto& words : {words_to_open(cabinet, text, "t"), words_to_make(cabinet, text, "t")}) {
    const auto said = boost::json::parse(words);
    const auto& first = said.at("commands").as_array().front().as_object();
    CHECK(first.at("password").as_string() == text && first.at("username") == "860000000000011");
    const boost::json::object echo{{"responses", said.at("commands")}};
    CHECK(parse_account_replies(boost::json::serialize(echo)) ==
          (std::vector<account_reply>{{"t", account_outcome::done, {}}}));
  }
}

void check_notice(std::string_view text) {
  const auto notice = parse_broker_notice(text);
  if (!notice) return;
  CHECK(parse_imei(notice->cabinet.value) == notice->cabinet);
  CHECK(text.find(notice->cabinet.value) != std::string_view::npos);
  CHECK(notice->is_connected == (text.find(" as ") != std::string_view::npos &&
                                 text.find("New client connected from ") != std::string_view::npos &&
                                 text.find("Client ") > text.find("New client connected from ")));
}

struct call {
  std::string_view path;
  bool is_post = false;
  std::vector<std::string_view> signed_names;
};
const std::array<call, 5> calls{{
    {"/api/rentbox/client/connect", true, {"uuid", "deviceId", "simUUID", "simMobile"}},
    {"/api/rentbox/client/upload", true, {"rentboxSN", "signal"}},
    {"/api/rentbox/order/return", false, {"rentboxSN", "singleSN", "hole"}},
    {"/api/rentbox/config/data", true, {"rentboxSN"}},
    {"/api/advert/rentbox/distribute/list", false, {"uuid", "position"}},
}};

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string coded;
  for (const char c : text) {
    const auto byte = static_cast<std::uint8_t>(c);
    coded += {'%', digits[byte >> 4U], digits[byte & 15U]};
  }
  return coded;
}

using fields = std::vector<std::pair<std::string, std::string>>;

/// Up to an empty line; names that are no text or come twice are left out, as the door would refuse them.
fields take_fields(std::string_view& text) {
  fields made;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.empty()) break;
    const auto equals = std::min(line.find('='), line.size());
    std::string name{line.substr(0, equals)};
    const auto value = line.substr(std::min(equals + 1, line.size()));
    const auto is_known = [&name](const auto& each) { return each.first == name; };
    if (name.empty() || name == "sign" || made.size() >= 16 || !is_clean_text(line) ||
        std::any_of(made.begin(), made.end(), is_known))
      continue;
    made.emplace_back(std::move(name), value);
  }
  return made;
}

std::string sign_of(const call& which, const fields& given) {
  std::vector<signed_parameter> parameters;
  const auto value_of = [&given](std::string_view name) -> std::optional<std::string_view> {
    for (const auto& [known, value] : given) {
      if (known == name) return value;
    }
    return {};
  };
  for (const auto name : which.signed_names) {
    const auto missing = name == "signal" ? "0" : name == "position" ? "screen" : "";
    parameters.push_back({name, value_of(name).value_or(missing)});
  }
  if (which.signed_names.back() == "signal" && value_of("io")) parameters.push_back({"io", *value_of("io")});
  return cabinet_sign(parameters);
}

int status_of(hostile_door& door, const call& which, const fields& given, std::string_view sign,
              std::string_view body) {
  std::string said = which.is_post ? "POST " : "GET ";
  said.append(which.path).append("?sign=").append(sign);
  for (const auto& [name, value] : given)
    said += '&' + percent_encoded(name) + '=' + percent_encoded(value);
  said += " HTTP/1.1\r\nHost: t\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  said += body;
  door.wind(hours{2});
  door.probe().requests.clear();
  fuzzing::visitor client{door};
  client.say(said, said.size());
  client.hang_up();
  const auto answers = read_answers(client.heard(), door.probe().requests);
  CHECK(answers.size() == 1);
  check_envelope(answers.front(), door.probe().requests.front());
  return answers.front().status;
}

void check_call(const call& which, std::string_view text) {
  static auto& door = hostile_door::kept(false);
  const auto given = take_fields(text);
  const auto body = which.is_post ? text : std::string_view{};
  const auto sign = sign_of(which, given);
  CHECK(sign.size() == 32);
  const int status = status_of(door, which, given, sign, body);
  CHECK(status != 401);
  if (status == 413 || status == 414) return;
  auto wrong = sign;
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  CHECK(status_of(door, which, given, wrong, body) == 401);
  CHECK(status_of(door, which, given, "", body) == 401);
  CHECK(door.is_empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  std::string_view text{reinterpret_cast<const char*>(data), size};
  const char mode = text.front();
  text.remove_prefix(1);
  if (mode == '0') check_topic(text);
  if (mode == '1') check_message(text);
  if (mode == '2') check_account_answer(text);
  if (mode == '3') check_notice(text);
  if (mode >= '4' && mode <= '8') check_call(calls[static_cast<std::size_t>(mode - '4')], text);
  return 0;
}
