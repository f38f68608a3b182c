#pragma once
#include <memory>
#include <string>
#include <vector>

#include "actors/users/identity_setup.hpp"
#include "actors/users/session_rules.hpp"

namespace chautari {

struct session_setup {
  std::shared_ptr<const network> everybody;
  identity_setup identity;
  session_id session;
  sessions_actor directory;
};

/// The one writer of a session. Each wish is decided on what the database holds at that moment: others may
/// bar the user, and a refresh comes once in a quarter of an hour.
struct session_state {
  static inline const char* name = "session";

  /// The log-out of all devices: answered when every other session has been ended by its own actor.
  struct farewell {
    caf::typed_response_promise<logged_out> promise;
    logged_out answer;
    std::size_t awaited = 0;
    bool has_failed = false;
  };

  session_actor::pointer self = nullptr;
  session_setup setup;
  std::string live_text;  ///< The newest refresh token given out by this process.
  std::string live_hash;
  std::vector<timestamp> refreshes;
  std::size_t farewells = 0;  ///< Under way.

  caf::result<signed_in> refresh(const refresh_session& wish);
  caf::result<logged_out> leave(const log_out& wish);
  caf::result<void> end(const end_session& wish);
  caf::result<void> retire();

private:
  /// `token_hash`: of the refresh token that came along; empty if none did.
  template <class Promise, class Next>
  void read_then(Promise promise, std::string token_hash, Next next);
  template <class Promise, class Next>
  void store_then(Promise promise, record entry, Next next);

  void renew(const refresh_session& wish, const session_facts& facts, const refresh_verdict& verdict,
             caf::typed_response_promise<signed_in> promise);
  void end_for_reuse(const refresh_session& wish, const session_facts& facts, const refresh_verdict& verdict,
                     caf::typed_response_promise<signed_in> promise);
  void end_others(const log_out& wish, const std::shared_ptr<farewell>& work);
  void said(const std::shared_ptr<farewell>& work);
  void announce(const session_image& session) const;

  [[nodiscard]] timestamp now() const { return setup.everybody->now(); }
  [[nodiscard]] const id_source& ids() const { return setup.everybody->ids; }
  [[nodiscard]] const identity_settings& settings() const { return *setup.identity.settings; }
  [[nodiscard]] record new_record() const { return {ids().make<record_id>(), now(), {}}; }
};

session_actor::behavior_type session(session_actor::stateful_pointer<session_state> self,
                                     session_setup setup);

}  // namespace chautari
