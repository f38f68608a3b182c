#pragma once
/// Decides about operators at the doors: the signature of their tokens once, their session and role on every
/// request. One for all I/O threads; the operators' actor tells it of each change before it answers.

#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/server/authenticator.hpp"
#include "http/server/client_address.hpp"
#include "protocols/operators/interface.hpp"
#include "protocols/operators/settings.hpp"
#include "protocols/users/access_token.hpp"

namespace chautari {

struct lane_parts;

class operator_gate {
public:
  /// `settings` have been checked: their networks are addresses and blocks.
  operator_gate(std::shared_ptr<const key_ring> keys, const operator_settings& settings, clock_source now);

  /// From any thread. For operator_watch.
  void note(const operator_state_change& change);

  /// 401 `unauthenticated`, `token_expired`, `token_revoked`.
  [[nodiscard]] auth_result check(std::string_view token) const;
  /// 401 `token_revoked`, 403 `ip_not_allowed`.
  [[nodiscard]] standing_result standing_of(const caller& who, std::string_view client_ip) const;
  /// True if operators may come from this address.
  [[nodiscard]] bool admits(std::string_view client_ip) const;

  /// Sessions known as live.
  [[nodiscard]] std::size_t sessions() const;

  /// For door_options::authenticate: tokens that `others` do not know are tried here.
  [[nodiscard]] static authenticate_function function_of(std::shared_ptr<const operator_gate> gate,
                                                         authenticate_function others);
  /// For door_options::standing.
  [[nodiscard]] static standing_function standing_of(std::shared_ptr<const operator_gate> gate);

private:
  struct live_session {
    operator_id who;
    operator_standing standing;
    timestamp expires_at;
  };
  [[nodiscard]] std::optional<live_session> find(session_id session, operator_id who) const;

  std::shared_ptr<const key_ring> keys_;
  std::string issuer_;
  std::string audience_;
  trusted_peers networks_;
  clock_source now_;
  mutable std::shared_mutex guard_;  ///< Taken shared once a request, for one look into the table.
  std::unordered_map<session_id, live_session> live_;
};

/// Hears `operator_changed` on this lane: what was remembered of the operator is forgotten and their
/// WebSockets ask the gate again.
void follow_operators(lane_parts& lane);

}  // namespace chautari
