#include "http/server/doorkeeper.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>

#include "http/server/endpoint.hpp"
#include "http/server/text.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

namespace {

failure bad_field(std::string_view field, std::string_view code) {
  failure why{.status = 400, .code = "validation_error"};
  why.details.push_back({std::string{field}, std::string{code}, {}});
  return why;
}

/// splitmix64: unrepeatable enough for names of requests, and never in the way.
std::uint64_t scrambled(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

}  // namespace

std::optional<failure> doorkeeper::judge(exchange& in, const request_head& head) {
  if (head.target.size() > setup_.options.target_bytes_max)
    return failure{.status = 414, .code = "uri_too_long"};
  if (head.verb == http_method::options) {
    setup_.routes->find(head.verb, in.path_, found_);
    if (!found_.is_path_known) return failure{.status = 404, .code = "not_found"};
    return {};
  }
  if (auto why = find_row(in, head)) return why;
  if (auto why = admit(in)) return why;
  if (auto why = limit(in, rate_key::ip)) return why;
  if (auto why = identify(in)) return why;
  if (auto why = limit(in, rate_key::user)) return why;
  return weigh(in, head);
}

void doorkeeper::greet(exchange& in, const request_head& head, std::string_view peer) {
  in.verb_ = head.verb;
  in.path_ = head.target.substr(0, head.target.find('?'));
  const auto given_id = in.header("X-Request-Id");
  if (given_id && is_request_id(*given_id)) {
    in.request_id_ = *given_id;
  } else {
    make_request_id(in.request_id_);
  }
  if (setup_.proxies.empty()) {
    in.client_ip_ = peer;
  } else {
    // A proxy may add a line of its own instead of extending the client's: only all of them tell who called.
    in.client_ip_ = setup_.proxies.client_of(peer, in.host_->header_lines("X-Forwarded-For"));
  }
  if (setup_.origins.empty()) return;
  in.extra_headers_ += "Vary: Origin\r\n";
  const auto origin = in.header("Origin");
  if (!origin || !is_allowed_origin(*origin)) return;
  in.put_header("Access-Control-Allow-Origin", *origin);
  in.extra_headers_ +=
      "Access-Control-Expose-Headers: ETag, Idempotency-Replayed, Retry-After, X-RateLimit-Limit, "
      "X-RateLimit-Remaining, "
      "X-RateLimit-Reset, X-Request-Id\r\n";
}

void doorkeeper::make_request_id(std::string& into) {
  static constexpr char digits[] = "0123456789abcdef";
  ids_ += 0x9e3779b97f4a7c15ULL;
  const auto value = scrambled(ids_);
  into.resize(16);
  for (std::size_t at = 0; at < 16; ++at)
    into[at] = digits[(value >> (60 - 4 * at)) & 15];
}

bool doorkeeper::is_allowed_origin(std::string_view origin) const {
  return setup_.origins.contains(std::string{origin});
}

std::optional<failure> doorkeeper::find_row(exchange& in, const request_head& head) {
  setup_.routes->find(head.verb, in.path_, found_);
  if (found_.row == nullptr) {
    if (!found_.is_path_known) return failure{.status = 404, .code = "not_found"};
    in.put_header("Allow", setup_.routes->allowed(in.path_));
    return failure{.status = 405, .code = "method_not_allowed"};
  }
  in.row_ = found_.row;
  for (const auto& [name, text] : found_.parameters) {
    auto decoded = percent_decoded(text, false);
    if (!decoded) return failure{.status = 404, .code = "not_found"};
    in.parameters_.emplace_back(name, std::move(*decoded));
  }
  const auto question = head.target.find('?');
  if (question == std::string_view::npos) return {};
  return read_query(in, head.target.substr(question + 1));
}

/// Before anything that costs more than finding the row.
std::optional<failure> doorkeeper::admit(exchange& in) {
  auto why = load_.judge(*in.row_->work);
  if (why) in.shed_as_ = to_text(*in.row_->work);
  return why;
}

std::optional<failure> doorkeeper::read_query(exchange& in, std::string_view query) {
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    const auto equals = static_cast<std::size_t>(std::find(pair.begin(), pair.end(), '=') - pair.begin());
    auto name = percent_decoded(pair.substr(0, equals), true);
    auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return bad_field(cleaned_text(pair.substr(0, equals), 64), "malformed");
    if (in.query(*name)) return bad_field(*name, "duplicate");
    if (in.query_.size() >= limits::query_fields_max) return bad_field("", "too_long");
    in.query_.emplace_back(std::move(*name), std::move(*value));
  }
  return {};
}

std::optional<failure> doorkeeper::limit(exchange& in, rate_key by) {
  for (const auto& rule : in.row_->rates) {
    if (rule.by != by) continue;
    const bool is_private = in.row_->who != access::public_access;
    const bool by_user = by == rate_key::user && is_private && in.caller_;
    const auto key = by_user ? in.caller_->key() : rate_key_of(in.client_ip_);
    const auto verdict = rates_.take(rule, key, setup_.options.ticks());
    if (verdict.allowed && in.row_->rates.size() > 1)
      continue;  // Several rules: only the one that refuses speaks.
    in.put_header("X-RateLimit-Limit", std::to_string(verdict.limit));
    in.put_header("X-RateLimit-Remaining", std::to_string(verdict.remaining));
    in.put_header("X-RateLimit-Reset", std::to_string(verdict.reset_after.count()));
    if (!verdict.allowed) {
      return failure{.status = 429, .code = "rate_limit_exceeded", .retry_after = verdict.retry_after};
    }
  }
  return {};
}

std::optional<failure> doorkeeper::identify(exchange& in) {
  const bool is_public = in.row_->who == access::public_access;
  const auto authorization = in.header("Authorization");
  const auto token = authorization ? bearer_token(*authorization) : std::nullopt;
  if (!token)
    return is_public ? std::nullopt : std::optional{failure{.status = 401, .code = "unauthenticated"}};
  auto verdict = callers_.identify(*token, in.host_->now());
  if (const auto* why = std::get_if<auth_failure>(&verdict)) {
    // What everybody may read, somebody with an old token may read too.
    if (is_public) return {};
    return failure{.status = why->status, .code = why->code};
  }
  in.caller_ = std::get<caller>(verdict);
  if (is_public) return {};
  const auto wanted = in.row_->who == access::admin_access ? caller_role::admin : caller_role::user;
  if (in.caller_->role != wanted) return failure{.status = 403, .code = "forbidden"};
  return wanted == caller_role::admin ? permit(in) : std::nullopt;
}

std::optional<failure> doorkeeper::permit(exchange& in) const {
  if (!setup_.options.standing) return failure{.status = 403, .code = "forbidden"};
  const auto verdict = setup_.options.standing(*in.caller_, in.client_ip_);
  if (const auto* why = std::get_if<auth_failure>(&verdict))
    return failure{.status = why->status, .code = why->code};
  in.caller_->standing = std::get<operator_standing>(verdict);
  const auto& wants = *in.row_->wants;
  if (!is_allowed(in.caller_->standing.role, wants.what, wants.level))
    return failure{.status = 403, .code = "permission_denied"};
  const auto shown_at = in.caller_->standing.authenticated_at;
  if (in.row_->is_sensitive && shown_at + limits::sensitive_within <= in.host_->now())
    return failure{.status = 403, .code = "reauthentication_required"};
  return {};
}

std::optional<failure> doorkeeper::weigh(exchange& in, const request_head& head) {
  if (const auto key = in.header("Idempotency-Key")) {
    if (!is_idempotency_key(*key)) return bad_field("Idempotency-Key", "malformed");
    in.idempotency_key_ = key;
  } else if (in.row_->wants_idempotency_key) {
    return bad_field("Idempotency-Key", "required");
  }
  if (head.content_length.value_or(0) > in.row_->body_bytes_max) {
    return failure{.status = 413, .code = "payload_too_large"};
  }
  const bool wants_json = in.row_->body == body_kind::json || in.row_->body == body_kind::json_optional;
  // Nothing is unpacked here: what a small body would become is nobody's to choose.
  const bool is_packed = !same_ignoring_case(in.header("Content-Encoding").value_or("identity"), "identity");
  if (head.has_body && is_packed) return failure{.status = 415, .code = "unsupported_media_type"};
  if (head.has_body && wants_json && !is_json_type(in.header("Content-Type").value_or(""))) {
    return failure{.status = 415, .code = "unsupported_media_type"};
  }
  return {};
}

std::optional<failure> doorkeeper::take_body(exchange& in, std::string_view body) {
  in.body_ = body;
  if (in.row_->body == body_kind::none || in.row_->body == body_kind::raw) return {};
  if (body.empty()) {
    if (in.row_->body == body_kind::json_optional) return {};
    return bad_field("", "required");
  }
  boost::json::error_code malformed;
  boost::json::parse_options strict;
  strict.max_depth = limits::json_depth_max;
  in.json_ = boost::json::parse(boost::json::string_view{body.data(), body.size()}, malformed, {}, strict);
  if (malformed) return bad_field("", "malformed");
  return {};
}

reply doorkeeper::preflight(exchange& in) const {
  reply out;
  out.status = 204;
  const auto allowed = setup_.routes->allowed(in.path_);
  append_header(out.headers, "Allow", allowed);
  const auto origin = in.header("Origin");
  if (!origin || !is_allowed_origin(*origin) || !in.header("Access-Control-Request-Method")) return out;
  append_header(out.headers, "Access-Control-Allow-Methods", allowed);
  out.headers +=
      "Access-Control-Allow-Headers: accept, accept-language, authorization, content-type, idempotency-key, "
      "if-none-match, "
      "x-request-id\r\nAccess-Control-Max-Age: 600\r\n";
  return out;
}

std::size_t doorkeeper::body_bytes_max(const exchange& in) {
  return in.row_ != nullptr ? in.row_->body_bytes_max : endpoint{}.body_bytes_max;
}

}  // namespace chautari
