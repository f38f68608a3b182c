#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "actors/users/identity_setup.hpp"

namespace chautari {

struct sign_in_setup {
  std::shared_ptr<const network> everybody;
  identity_setup identity;
  std::string identifier;
};

/// Serialises everything about one address: each wish is decided on what the database holds at that moment,
/// read afresh because others may bar the user meanwhile; signing in is rare enough for one question each.
struct sign_in_state {
  static inline const char* name = "sign_in";

  /// A completion under way, through its questions and tries.
  struct completion {
    complete_sign_in wish;
    caf::typed_response_promise<signed_in> promise;
    verification_token_image token;
    std::optional<outbox_message> welcome;  ///< Of a registration; leaves once it is stored.
    user_id inviter;                        ///< Of a registration with somebody's referral code.
    int tries = 0;
  };

  sign_in_actor::pointer self = nullptr;
  sign_in_setup setup;
  // -- what is stored, as last read or written
  otp_image code;
  std::vector<verification_token_image> tokens;
  std::optional<user_image> owner;
  // -- what only memory knows
  std::vector<timestamp> requested_at;  ///< Seeded from the stored code at the first reading.
  std::vector<timestamp> completes;
  bool has_read = false;

  caf::result<code_requested> request(const request_code& wish);
  caf::result<code_verified> verify(const verify_code& wish);
  caf::result<signed_in> complete(const complete_sign_in& wish);

private:
  /// Reads what is stored, then goes on; the promise is refused if it cannot be read.
  template <class Answer, class Next>
  void read_then(caf::typed_response_promise<Answer> promise, Next next);
  void take(sign_in_facts& facts);

  void send_code(const request_code& wish, caf::typed_response_promise<code_requested> promise);
  void hand_over(const otp_image& image, const std::string& digits, bool wants_app_hash,
                 const outbox_message& row);
  void try_code(const verify_code& wish, caf::typed_response_promise<code_verified> promise);
  void go_on(const std::shared_ptr<completion>& work);
  void log_in(const std::shared_ptr<completion>& work);
  void check_name(const std::shared_ptr<completion>& work);
  void look_for_inviter(const std::shared_ptr<completion>& work);
  void register_user(const std::shared_ptr<completion>& work);
  void look_again(const std::shared_ptr<completion>& work);
  /// Stores the record of a sign-in, then answers with a pair.
  void open(const std::shared_ptr<completion>& work, const user_image& user, bool is_new, record entry);

  [[nodiscard]] timestamp now() const { return setup.everybody->now(); }
  [[nodiscard]] const id_source& ids() const { return setup.everybody->ids; }
  [[nodiscard]] const identity_settings& settings() const { return *setup.identity.settings; }
  [[nodiscard]] record new_record() const;
};

sign_in_actor::behavior_type sign_in(sign_in_actor::stateful_pointer<sign_in_state> self,
                                     sign_in_setup setup);

}  // namespace chautari
