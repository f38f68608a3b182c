#pragma once
/// One row of the API. The table of rows gives the router, the metric labels, OpenAPI and the access matrix.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/server/exchange.hpp"
#include "http/server/load_gate.hpp"
#include "http/server/rate_limiter.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

/// Who may call. The server refuses everybody else before the handler sees the request.
enum class access : std::uint8_t { public_access, user_access, admin_access };
[[nodiscard]] std::string_view to_text(access who);

/// What the operators' role must allow for a row of theirs.
struct operator_need {
  permission what = permission::self;
  need level = need::read;
};

/// What the body must be. With `json` a missing or malformed body has been answered before the handler runs.
enum class body_kind : std::uint8_t { none, json, json_optional, raw };

/// A query parameter, for the documentation.
struct query_field {
  std::string name;
  std::string summary = {};
  bool required = false;
};

struct endpoint {
  http_method verb = http_method::get;
  std::string path = {};  ///< "/api/stations/{sn}"; "/api/v1/..." is served by the same row. "{name...}" at
                          ///< the end takes whatever follows.
  access who = access::public_access;
  std::string summary = {};
  std::function<void(exchange&)> handle = {};
  std::vector<std::string> aliases = {};  ///< Other paths of the same row, with the same parameter names.
  body_kind body = body_kind::none;
  std::size_t body_bytes_max = 64 * 1024;
  std::vector<rate_rule> rates = {};
  milliseconds deadline{0};            ///< Zero takes the door's; past it the caller gets 504.
  bool wants_idempotency_key = false;  ///< A missing or bad key is answered with 400 before the handler runs.
  std::vector<query_field> query = {};
  /// The operators' rows must have it and no other may: nobody gets in by an omission.
  std::optional<operator_need> wants = {};
  /// Wants a password and a code shown within limits::sensitive_within; else 403 `reauthentication_required`.
  bool is_sensitive = false;
  /// What it counts as when there is too much to do. Without it: what is the operators' by its access or
  /// below /admin is theirs, another GET a read, the rest a rider's.
  std::optional<work_kind> work = {};
};

/// What the row counts as.
[[nodiscard]] work_kind work_of(const endpoint& row);

/// A feature hands in its rows with `std::vector<endpoint> station_endpoints(...)`; config/compose appends
/// them.
using endpoints = std::vector<endpoint>;

}  // namespace chautari
