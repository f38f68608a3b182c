#pragma once
/// What goes back: the two envelopes of the API, as text, and bodies rendered once and served many times.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/time.hpp"

namespace chautari {

/// The two languages people are answered in.
enum class language : std::uint8_t { en, ne };

/// One bad field of a request. `code` is what clients branch on: required, unknown_field, wrong_type,
/// malformed, too_short, too_long, out_of_range, not_a_choice, duplicate.
struct field_problem {
  std::string field;
  std::string code;
  std::string message;
};

/// A refusal on its way out. An empty message takes the catalogue's sentence for the code, if it has one.
struct failure {
  int status = 500;
  std::string code = "internal_error";
  std::string message = {};
  std::vector<field_problem> details = {};
  std::string context_json = {};  ///< A JSON object, or empty.
  /// A JSON object to go on with, or empty; stands beside the error as `data`, and the code as `error_code`.
  std::string data_json = {};
  std::optional<seconds> retry_after = {};
};

/// An immutable body with everything HTTP wants to know about it; any number of answers share it without a
/// copy.
struct rendered {
  std::string content_type;
  std::string cache_control;  ///< "public, max-age=5"; empty leaves the header out.
  std::string etag;           ///< With quotes (and W/ if weak); empty leaves the header out.
  std::string body;
  std::string gzip;  ///< The body compressed, or empty if that was not worth it.
};
using rendered_ptr = std::shared_ptr<const rendered>;

/// How much time a compressed byte is worth: `quick` on the way out, `thorough` for what is compressed once.
enum class compression : std::uint8_t { quick, thorough };

/// Hashes and compresses once. `content_type` of JSON is the default of the API.
[[nodiscard]] rendered_ptr render(std::string body, std::string cache_control,
                                  std::string content_type = "application/json",
                                  compression effort = compression::quick);

/// What a handler decided to send, before the connection frames it.
struct reply {
  int status = 200;
  std::string_view content_type =
      "application/json";  ///< Must outlive the answer: a literal or the shared body's.
  std::string body = {};
  rendered_ptr shared = {};  ///< Sent instead of `body` if set.
  std::string headers = {};  ///< Further header lines, each ended by CRLF.
  bool close = false;        ///< The connection cannot go on after this answer.
};

/// `{"success":true,"message":...,"data":...}`. `data_json` is JSON text already; empty means null.
[[nodiscard]] std::string success_envelope(std::string_view message, std::string_view data_json);

/// `{"success":false,"error":{...},"request_id":...}`.
[[nodiscard]] std::string failure_envelope(const failure& why, language speaks, std::string_view request_id,
                                           timestamp at);

/// The sentence for one of the server's own codes; nothing if the code is a feature's.
[[nodiscard]] std::optional<std::string_view> phrase_of(std::string_view code, language speaks);

/// Appends `text` as a JSON string with its quotes. `text` is UTF-8; control characters are escaped.
void append_json_text(std::string& out, std::string_view text);

/// Appends "name: value\r\n"; characters that could end the line are dropped from the value.
void append_header(std::string& out, std::string_view name, std::string_view value);

/// "Not Found" for 404; "Status" for a number without a name.
[[nodiscard]] std::string_view reason_of(int status);

/// gzip; empty if the library failed.
[[nodiscard]] std::string compress_gzip(std::string_view plain, compression effort = compression::quick);

/// A weak tag over the bytes, `W/"<16 hex digits>"`: the compressed form carries the same one.
[[nodiscard]] std::string etag_of(std::string_view body);

/// RFC 9110, 13.1.2: weak comparison of an If-None-Match list with one tag.
[[nodiscard]] bool etag_matches(std::string_view if_none_match, std::string_view etag);

/// RFC 9110, 12.5.3: true if the client takes gzip with a quality above zero.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

/// RFC 9110, 12.5.4: the better liked of the two languages, English if in doubt.
[[nodiscard]] language choose_language(std::string_view accept_language);

}  // namespace chautari
