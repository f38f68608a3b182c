#pragma once
/// Everything that is judged when the header of a request is there and before its body is read: path, verb,
/// rates, caller, sizes and types.

#include <cstdint>
#include <optional>
#include <string_view>

#include "http/server/authenticator.hpp"
#include "http/server/door_setup.hpp"
#include "http/server/exchange.hpp"
#include "http/server/rate_limiter.hpp"

namespace chautari {

/// The request line and what the framing says about the body.
struct request_head {
  http_method verb = http_method::other;
  std::string_view target;
  bool has_body = false;
  std::optional<std::uint64_t> content_length;
};

/// One per lane.
class doorkeeper {
public:
  doorkeeper(const door_setup& setup, authenticator& callers, rate_limiter& rates, load_gate& load,
             std::uint64_t seed)
      : setup_{setup}, callers_{callers}, rates_{rates}, load_{load}, ids_{seed} {}

  /// Gives `in` what every answer needs: request id, client, CORS headers.
  void greet(exchange& in, const request_head& head, std::string_view peer);

  /// After `greet`. Nothing: let it in. Else the answer to give instead.
  [[nodiscard]] std::optional<failure> judge(exchange& in, const request_head& head);

  /// Parses what the row wants of the body. Nothing: call the handler.
  [[nodiscard]] static std::optional<failure> take_body(exchange& in, std::string_view body);

  /// The answer to OPTIONS.
  [[nodiscard]] reply preflight(exchange& in) const;

  /// Bytes of body that may be read for this exchange.
  [[nodiscard]] static std::size_t body_bytes_max(const exchange& in);

  /// True if a browser at this origin may talk to us.
  [[nodiscard]] bool is_allowed_origin(std::string_view origin) const;

private:
  [[nodiscard]] std::optional<failure> admit(exchange& in);
  [[nodiscard]] std::optional<failure> find_row(exchange& in, const request_head& head);
  [[nodiscard]] std::optional<failure> limit(exchange& in, rate_key by);
  [[nodiscard]] std::optional<failure> identify(exchange& in);
  /// Of the operators' rows: what the caller is right now and whether that suffices.
  [[nodiscard]] std::optional<failure> permit(exchange& in) const;
  [[nodiscard]] static std::optional<failure> weigh(exchange& in, const request_head& head);
  [[nodiscard]] static std::optional<failure> read_query(exchange& in, std::string_view query);
  void make_request_id(std::string& into);

  const door_setup& setup_;
  authenticator& callers_;
  rate_limiter& rates_;
  load_gate& load_;
  router::match found_;
  std::uint64_t ids_;
};

}  // namespace chautari
