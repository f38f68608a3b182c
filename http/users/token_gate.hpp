#pragma once
/// Checks access tokens at the doors: signature and claims by the key ring, and a memory of sessions and
/// users that were barred while their tokens still lived. One for all I/O threads.

#include <cstdint>
#include <deque>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "http/server/authenticator.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/journal/recovery.hpp"
#include "protocols/operations/doors.hpp"
#include "protocols/users/access_token.hpp"
#include "protocols/users/settings.hpp"

namespace chautari {

struct lane_parts;

class token_gate {
public:
  token_gate(std::shared_ptr<const key_ring> keys, const identity_settings& settings, clock_source now,
             std::size_t barred_max = limits::barred_tokens_max);

  /// What was barred before this start; `users` are banned or deleted and stay so.
  void recover(const std::vector<revoked_session>& sessions, const std::vector<user_id>& users);

  /// From any thread, any number of times: the announcement reaches every I/O thread.
  void bar(const session_revoked& event);

  /// 401 `token_expired`, `token_revoked`, `unauthenticated`; 403 `account_banned`.
  [[nodiscard]] auth_result check(std::string_view token) const;
  /// For door_options::authenticate.
  [[nodiscard]] static authenticate_function function_of(std::shared_ptr<const token_gate> gate);

  /// Barred sessions remembered; they are forgotten when no token of theirs can live any more.
  [[nodiscard]] std::size_t remembered() const;

private:
  /// Tokens of the session made before that are worthless; of a user, those made until then.
  struct verdict {
    timestamp at;
    boost::uuids::uuid whose;
    bool is_user = false;
  };
  void note(const verdict& fresh);
  void forget_old();

  std::shared_ptr<const key_ring> keys_;
  std::string issuer_;
  std::string audience_;
  seconds access_life_;
  clock_source now_;
  std::size_t barred_max_;
  mutable std::shared_mutex
      guard_;  ///< Doors remember good verdicts, so this is taken once a token and lane.
  std::deque<verdict> by_age_;
  std::unordered_set<session_id> sessions_;
  std::unordered_map<user_id, timestamp> users_;
  std::unordered_set<user_id> banned_;
};

/// Hears `session_revoked` on this lane: bars it at the gate, forgets it on the lane, closes its WebSockets.
void follow_revocations(lane_parts& lane, std::shared_ptr<token_gate> gate);

}  // namespace chautari
