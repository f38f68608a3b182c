#pragma once
/// What a sign-in decides: pure functions of what is stored, the wish and the time (users_money 1.3, 1.5).

#include <caf/error.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocols/users/interface.hpp"
#include "protocols/users/settings.hpp"

namespace chautari {

/// How long until one more is allowed when at most `count_max` may fall within any `span`; nothing if now.
/// `times` oldest first.
[[nodiscard]] std::optional<seconds> wait_for_room(const std::vector<timestamp>& times, timestamp now,
                                                   seconds span, std::int32_t count_max);
/// Notes one more, forgetting what is older than `span`; at most `kept_max` are kept.
void note_time(std::vector<timestamp>& times, timestamp now, seconds span, std::size_t kept_max);

/// Why no code is sent now: too many asked for, or the address is locked. Does not depend on any account.
[[nodiscard]] std::optional<caf::error> refuse_code(const otp_image& code, timestamp now,
                                                    const identity_settings& settings);
/// The image with a new code: the old one counts no more, misses of killed codes do.
[[nodiscard]] otp_image with_new_code(otp_image code, std::string hash, timestamp now,
                                      const identity_settings& settings);

/// What trying a code leads to. `next` is to be stored before anything is answered; without it nothing
/// changes.
struct code_verdict {
  std::optional<otp_image> next;
  std::optional<caf::error> refusal;  ///< None: it is the code.
};
[[nodiscard]] code_verdict judge_code(const otp_image& code, const std::string& offered_hash, timestamp now,
                                      const identity_settings& settings);

/// Where an address leads: to its owner, or to registration.
[[nodiscard]] sign_in_purpose purpose_for(const std::optional<user_image>& owner);

/// Why the offered token was never drawn for this address; nothing if it was. Costs an HMAC and no look into
/// storage.
[[nodiscard]] std::optional<caf::error> refuse_unfit(const complete_sign_in& wish,
                                                     const identity_settings& settings);

/// The token that allows to complete, or why there is none. After `refuse_unfit`.
[[nodiscard]] std::variant<verification_token_image, caf::error> find_verification(
    const std::vector<verification_token_image>& tokens, const complete_sign_in& wish, timestamp now);

/// Why this wish cannot be completed with that owner of the address (or without one); nothing if it can.
[[nodiscard]] std::optional<caf::error> refuse_completion(const std::optional<user_image>& owner,
                                                          const complete_sign_in& wish);

/// The owner after this sign-in: seen now, and active again if only idleness had put the account to rest.
[[nodiscard]] user_image after_log_in(user_image owner, timestamp now);

}  // namespace chautari
