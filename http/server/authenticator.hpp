#pragma once
/// Turns a bearer token into a caller, remembering recent verdicts: checking an Ed25519 signature costs about
/// 100 us.

#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "http/server/exchange.hpp"

namespace chautari {

/// Why a token does not count: 401 `token_expired`, `token_revoked`, `unauthenticated`; 403 `account_banned`.
struct auth_failure {
  int status = 401;
  std::string code = "unauthenticated";
};
using auth_result = std::variant<caller, auth_failure>;

/// Must not block; called on the I/O threads.
using authenticate_function = std::function<auth_result(std::string_view bearer_token)>;

/// What the operator of a good token is right now, or why the token no longer counts: 401 `token_revoked`,
/// 403 `ip_not_allowed`. Asked on every request of theirs, because a demotion counts at once; must not
/// block.
using standing_result = std::variant<operator_standing, auth_failure>;
using standing_function = std::function<standing_result(const caller& who, std::string_view client_ip)>;

/// One per I/O thread. Only good verdicts are kept, until the token expires or its session or user is
/// invalidated.
class authenticator {
public:
  authenticator(authenticate_function check, std::size_t callers_max)
      : check_{std::move(check)}, callers_max_{callers_max} {}

  [[nodiscard]] auth_result identify(std::string_view bearer_token, timestamp now);

  void invalidate(session_id session);
  void invalidate(user_id user);
  void invalidate(operator_id who);

  [[nodiscard]] std::size_t remembered() const { return known_.size(); }

private:
  struct entry {
    std::string token;
    caller who;
  };
  using order = std::list<entry>;

  template <class Matches>
  void forget_if(Matches matches);

  authenticate_function check_;
  std::size_t callers_max_;
  order recent_;  ///< Most recently used first.
  std::unordered_map<std::string_view, order::iterator> known_;
};

}  // namespace chautari
