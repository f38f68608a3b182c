/// What the door says, read as strictly as a client could.

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "protocols/base/check.hpp"
#include "tests/fuzz/hostile_door.hpp"

namespace chautari::fuzzing {
namespace {

/// Whoever makes the door send another one, has written into the header.
constexpr std::array header_names{"Date",
                                  "X-Request-Id",
                                  "Content-Type",
                                  "Content-Length",
                                  "Content-Encoding",
                                  "X-Content-Type-Options",
                                  "X-Frame-Options",
                                  "Referrer-Policy",
                                  "Connection",
                                  "ETag",
                                  "Cache-Control",
                                  "Vary",
                                  "Allow",
                                  "Retry-After",
                                  "WWW-Authenticate",
                                  "Idempotency-Replayed",
                                  "Location",
                                  "Set-Cookie",
                                  "Content-Security-Policy",
                                  "Cross-Origin-Opener-Policy",
                                  "Permissions-Policy",
                                  "X-RateLimit-Limit",
                                  "X-RateLimit-Remaining",
                                  "X-RateLimit-Reset",
                                  "Access-Control-Allow-Origin",
                                  "Access-Control-Allow-Methods",
                                  "Access-Control-Allow-Headers",
                                  "Access-Control-Expose-Headers",
                                  "Access-Control-Max-Age"};

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// The line up to the next CRLF, taken from the front.
std::string_view take_line(std::string_view& text) {
  const auto end = text.find("\r\n");
  CHECK(end != std::string_view::npos);
  const auto line = text.substr(0, end);
  text.remove_prefix(end + 2);
  CHECK(is_plain(line));
  return line;
}

int status_in(std::string_view line) {
  CHECK(line.size() > 13 && line.starts_with("HTTP/1.1 ") && line[12] == ' ');
  int status = 0;
  std::from_chars(line.data() + 9, line.data() + 12, status);
  CHECK(status >= 100 && status <= 599);
  return status;
}

std::size_t take_header(std::string_view& rest, heard_answer& into) {
  std::size_t body_bytes = 0;
  const auto* begin = rest.data();
  for (auto line = take_line(rest); !line.empty(); line = take_line(rest)) {
    const auto colon = line.find(": ");
    CHECK(colon != std::string_view::npos);
    const auto name = line.substr(0, colon);
    const auto value = line.substr(colon + 2);
    CHECK(std::find(header_names.begin(), header_names.end(), name) != header_names.end());
    if (name == "X-Request-Id") into.request_id = value;
    if (name == "Content-Type") into.content_type = value;
    if (name == "Content-Encoding") into.is_gzip = true;
    if (name == "Content-Length") {
      const auto end = value.data() + value.size();
      CHECK(std::from_chars(value.data(), end, body_bytes).ptr == end);
    }
  }
  into.head.assign(begin, rest.data());
  return body_bytes;
}

}  // namespace

std::vector<heard_answer> read_answers(std::string_view heard, const std::vector<told_request>& requests) {
  std::vector<heard_answer> answers;
  while (!heard.empty()) {
    heard_answer answer;
    answer.status = status_in(take_line(heard));
    const auto body_bytes = take_header(heard, answer);
    if (answer.status == 100) continue;
    CHECK(answers.size() < requests.size());
    const auto& request = requests[answers.size()];
    CHECK(request.status == answer.status && request.request_id == answer.request_id);
    if (request.method != "HEAD") {
      CHECK(heard.size() >= body_bytes);
      answer.body = heard.substr(0, body_bytes);
      heard.remove_prefix(body_bytes);
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

void check_envelope(const heard_answer& answer, const told_request& request) {
  if (answer.body.empty() || answer.is_gzip || !answer.content_type.starts_with("application/json")) return;
  boost::json::error_code malformed;
  const auto whole = boost::json::parse(answer.body, malformed);
  CHECK(!malformed && whole.is_object());
  const auto& told = whole.get_object();
  if (answer.status < 400) return;
  if (const auto* code = told.if_contains("code"); code != nullptr) {  // The cabinets'.
    constexpr std::array<std::string_view, 3> homes{"/api/rentbox/", "/api/iot/", "/api/advert/"};
    CHECK(std::any_of(homes.begin(), homes.end(),
                      [&](std::string_view home) { return request.route.starts_with(home); }));
    CHECK(code->is_int64() && code->get_int64() == answer.status);
    return;
  }
  CHECK(told.at("success") == false && told.at("request_id").as_string() == answer.request_id);
  const auto& error = told.at("error").as_object();
  const auto& word = error.at("code").as_string();
  CHECK(!word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  }));
  CHECK(answer.status != 400 || word != "validation_error" || !error.at("details").as_array().empty());
  // A connection that is told 429 or 503 is told when to come again.
  CHECK((answer.status != 429 && answer.status != 503) ||
        answer.head.find("Retry-After: ") != std::string::npos);
}

}  // namespace chautari::fuzzing
