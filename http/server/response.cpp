#include "http/server/response.hpp"

#include <zlib.h>
#include <cstring>

#include <array>
#include <charconv>
#include <limits>
#include <utility>

#include "protocols/base/limits.hpp"

namespace chautari {

namespace {

struct phrase {
  std::string_view code, english, nepali;
};

// The server's own sentences; features bring theirs.
constexpr phrase phrases[] = {
    {"validation_error", "Some fields are not valid.", "केही विवरण मिलेन।"},
    {"unauthenticated", "Please sign in.", "कृपया साइन इन गर्नुहोस्।"},
    {"token_expired", "Your session has expired. Sign in again.", "सत्र सकियो। फेरि साइन इन गर्नुहोस्।"},
    {"token_revoked", "Your session ended. Sign in again.", "सत्र बन्द भयो। फेरि साइन इन गर्नुहोस्।"},
    {"account_banned", "This account is blocked.", "यो खाता रोकिएको छ।"},
    {"permission_denied", "Your role does not allow this.", "तपाईंको भूमिकाले यो गर्न दिँदैन।"},
    {"reauthentication_required", "Show your password and code again first.",
     "पहिले फेरि पासवर्ड र कोड दिनुहोस्।"},
    {"ip_not_allowed", "Not from this address.", "यो ठेगानाबाट मिल्दैन।"},
    {"forbidden", "You may not do this.", "तपाईंलाई यो गर्ने अनुमति छैन।"},
    {"not_found", "There is nothing here.", "यहाँ केही भेटिएन।"},
    {"method_not_allowed", "This address does not take that method.", "यो ठेगानामा यो विधि चल्दैन।"},
    {"bad_request", "The request could not be understood.", "अनुरोध बुझिएन।"},
    {"request_timeout", "The request took too long to arrive.", "अनुरोध आइपुग्न धेरै समय लाग्यो।"},
    {"payload_too_large", "The request is too large.", "अनुरोध धेरै ठूलो छ।"},
    {"uri_too_long", "The address is too long.", "ठेगाना धेरै लामो छ।"},
    {"header_too_large", "The request headers are too large.", "अनुरोधको शीर्षक धेरै ठूलो छ।"},
    {"unsupported_media_type", "The body must be JSON.", "विवरण JSON मा हुनुपर्छ।"},
    {"rate_limit_exceeded", "Too many requests. Wait a little.", "धेरै पटक प्रयास भयो। केही बेर पर्खनुहोस्।"},
    {"internal_error", "Something went wrong on our side.", "हाम्रो तर्फ केही समस्या भयो।"},
    {"service_unavailable", "Busy. Try again soon.", "सेवा व्यस्त छ। केही बेरमा फेरि प्रयास गर्नुहोस्।"},
    {"overloaded", "Very many people are asking right now. Try again soon.",
     "अहिले धेरै जना प्रयोग गर्दै छन्। केही बेरमा फेरि प्रयास गर्नुहोस्।"},
    {"outcome_unknown", "The answer took too long. Ask again: nothing will happen twice.",
     "जवाफ आउन धेरै समय लाग्यो। फेरि सोध्नुहोस्: एउटै काम दुई पटक हुँदैन।"},
    {"required", "This field is required.", "यो विवरण आवश्यक छ।"},
    {"unknown_field", "This field is not known.", "यो विवरण चिनिएन।"},
    {"wrong_type", "This field has the wrong type.", "यो विवरणको प्रकार मिलेन।"},
    {"malformed", "This field is malformed.", "यो विवरणको ढाँचा मिलेन।"},
    {"too_short", "This field is too short.", "यो विवरण धेरै छोटो छ।"},
    {"too_long", "This field is too long.", "यो विवरण धेरै लामो छ।"},
    {"out_of_range", "This value is out of range.", "यो मान सीमाभन्दा बाहिर छ।"},
    {"not_a_choice", "This value is not one of the choices.", "यो मान विकल्पमा छैन।"},
    {"duplicate", "This field is given twice.", "यो विवरण दुई पटक दिइयो।"},
};

void append_details(std::string& out, const std::vector<field_problem>& details, language speaks) {
  out += ",\"details\":[";
  bool first = true;
  for (const auto& problem : details) {
    if (!std::exchange(first, false)) out += ',';
    out += "{\"field\":";
    append_json_text(out, problem.field);
    out += ",\"code\":";
    append_json_text(out, problem.code);
    out += ",\"message\":";
    append_json_text(out, problem.message.empty() ? phrase_of(problem.code, speaks).value_or(problem.code)
                                                  : std::string_view{problem.message});
    out += '}';
  }
  out += ']';
}

bool is_space(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_space(text.back()))
    text.remove_suffix(1);
  return text;
}

/// Calls `each(item)` for the trimmed items of a comma-separated header until it returns false.
template <class Each>
void for_items(std::string_view list, Each each) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    if (!each(trimmed(list.substr(0, comma)))) return;
    if (comma == std::string_view::npos) return;
    list.remove_prefix(comma + 1);
  }
}

/// "gzip;q=0.5": name and weight in thousandths; a malformed weight counts as 0.
std::pair<std::string_view, int> weighted(std::string_view item) {
  const auto semicolon = item.find(';');
  const auto name = trimmed(item.substr(0, semicolon));
  if (semicolon == std::string_view::npos) return {name, 1000};
  auto weight = trimmed(item.substr(semicolon + 1));
  if (weight.size() < 3 || (weight[0] != 'q' && weight[0] != 'Q') || weight[1] != '=') return {name, 1000};
  weight.remove_prefix(2);
  int thousandths = weight[0] == '1' ? 1000 : 0;
  if (weight[0] == '0' && weight.size() > 2 && weight[1] == '.') {
    int scale = 100;
    for (const char digit : weight.substr(2, 3)) {
      if (digit < '0' || digit > '9') return {name, 0};
      thousandths += (digit - '0') * scale;
      scale /= 10;
    }
  }
  return {name, thousandths};
}

bool same_text(std::string_view a, std::string_view lower_case) {
  if (a.size() != lower_case.size()) return false;
  for (std::size_t at = 0; at < a.size(); ++at) {
    const char c = a[at] >= 'A' && a[at] <= 'Z' ? static_cast<char>(a[at] + 32) : a[at];
    if (c != lower_case[at]) return false;
  }
  return true;
}

}  // namespace

std::optional<std::string_view> phrase_of(std::string_view code, language speaks) {
  for (const auto& known : phrases) {
    if (known.code == code) return speaks == language::ne ? known.nepali : known.english;
  }
  return {};
}

void append_json_text(std::string& out, std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  for (const char c : value) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) out += c;
  }
  out += "\r\n";
}

std::string success_envelope(std::string_view message, std::string_view data_json) {
  std::string out;
  out.reserve(48 + message.size() + data_json.size());
  out += "{\"success\":true,\"message\":";
  append_json_text(out, message);
  out += ",\"data\":";
  out += data_json.empty() ? std::string_view{"null"} : data_json;
  out += '}';
  return out;
}

std::string failure_envelope(const failure& why, language speaks, std::string_view request_id, timestamp at) {
  std::string out = "{\"success\":false,";
  if (!why.data_json.empty()) {
    out += "\"error_code\":";
    append_json_text(out, why.code);
    out += ",\"data\":";
    out += why.data_json;
    out += ',';
  }
  out += "\"error\":{\"code\":";
  append_json_text(out, why.code);
  out += ",\"message\":";
  append_json_text(out, why.message.empty() ? phrase_of(why.code, speaks).value_or(why.code)
                                            : std::string_view{why.message});
  if (!why.details.empty()) append_details(out, why.details, speaks);
  if (!why.context_json.empty()) {
    out += ",\"context\":";
    out += why.context_json;
  }
  out += ",\"timestamp\":\"";
  out += to_rfc3339(at);
  out += "\"},\"request_id\":";
  append_json_text(out, request_id);
  out += '}';
  return out;
}

std::string_view reason_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 402:
      return "Payment Required";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 422:
      return "Unprocessable Content";
    case 426:
      return "Upgrade Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "Status";
  }
}

std::string compress_gzip(std::string_view plain, compression effort) {
  z_stream stream{};
  const int level = effort == compression::quick ? Z_BEST_SPEED : Z_BEST_COMPRESSION;
  constexpr int gzip_window = 15 + 16;  // zlib.h: adding 16 writes a gzip header and trailer.
  if (plain.size() > std::numeric_limits<uInt>::max() ||
      deflateInit2(&stream, level, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    return {};
  }
  std::string out(deflateBound(&stream, static_cast<uLong>(plain.size())), '\0');
  std::string input{plain};  // zlib asks for a mutable pointer.
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool is_whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(is_whole ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

std::string etag_of(std::string_view body) {
  // Four chains side by side: one would wait for its own multiplication at every word.
  std::array<std::uint64_t, 4> chains{0xcbf29ce484222325ULL ^ (body.size() * 0x9e3779b97f4a7c15ULL),
                                      0x9ae16a3b2f90404fULL, 0xc3a5c85c97cb3127ULL, 0xb492b66fbe98f273ULL};
  const auto mix = [](std::uint64_t chain, std::uint64_t word) {
    chain = (chain ^ word) * 0xff51afd7ed558ccdULL;
    return chain ^ (chain >> 32);
  };
  std::size_t at = 0;
  for (; at + 32 <= body.size(); at += 32) {
    std::array<std::uint64_t, 4> words{};
    std::memcpy(words.data(), body.data() + at, 32);
    for (std::size_t lane = 0; lane < 4; ++lane)
      chains[lane] = mix(chains[lane], words[lane]);
  }
  for (; at < body.size(); ++at)
    chains[at & 3U] = mix(chains[at & 3U], static_cast<unsigned char>(body[at]));
  const auto hash = mix(mix(mix(chains[0], chains[1]), chains[2]), chains[3]);
  static constexpr char digits[] = "0123456789abcdef";
  std::string tag = "W/\"0000000000000000\"";
  for (std::size_t digit = 0; digit < 16; ++digit)
    tag[3 + digit] = digits[(hash >> (60 - 4 * digit)) & 15];
  return tag;
}

bool etag_matches(std::string_view if_none_match, std::string_view etag) {
  const auto opaque = [](std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; };
  bool found = false;
  for_items(if_none_match, [&](std::string_view item) {
    found = item == "*" || (!etag.empty() && opaque(item) == opaque(etag));
    return !found;
  });
  return found;
}

bool accepts_gzip(std::string_view accept_encoding) {
  int named = -1;
  int any = -1;
  for_items(accept_encoding, [&](std::string_view item) {
    const auto [name, weight] = weighted(item);
    if (same_text(name, "gzip") || same_text(name, "x-gzip")) named = weight;
    if (name == "*") any = weight;
    return true;
  });
  return named >= 0 ? named > 0 : any > 0;
}

language choose_language(std::string_view accept_language) {
  int english = -1;
  int nepali = -1;
  for_items(accept_language, [&](std::string_view item) {
    const auto [name, weight] = weighted(item);
    const auto primary = name.substr(0, name.find('-'));
    if (same_text(primary, "en")) english = std::max(english, weight);
    if (same_text(primary, "ne")) nepali = std::max(nepali, weight);
    return true;
  });
  return nepali > 0 && nepali > english ? language::ne : language::en;
}

rendered_ptr render(std::string body, std::string cache_control, std::string content_type,
                    compression effort) {
  rendered made;
  made.content_type = std::move(content_type);
  made.cache_control = std::move(cache_control);
  made.etag = etag_of(body);
  if (body.size() > limits::compress_above_bytes) {
    made.gzip = compress_gzip(body, effort);
    if (made.gzip.size() >= body.size()) made.gzip.clear();
  }
  made.body = std::move(body);
  return std::make_shared<const rendered>(std::move(made));
}

}  // namespace chautari
