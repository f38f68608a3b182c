#pragma once
/// Who of the operators may come in, stay, and change whom: pure functions of what is stored, the wish and
/// the time (users_money 1.4, 1.5, 1.12; admin 9.1).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/operators/operator_book.hpp"
#include "protocols/base/id_source.hpp"
#include "protocols/operators/messages.hpp"
#include "protocols/operators/settings.hpp"

namespace chautari {

/// Normalised, as it is stored; nothing if it is no address.
[[nodiscard]] std::optional<std::string> operator_email(std::string_view typed);

// -- coming in

/// What a password and a code lead to. `next` is to be stored before anything is answered; without it the
/// operator has not changed.
struct credential_verdict {
  std::string_view why;  ///< For the audit log alone, "wrong_password"; empty: they are good.
  std::optional<operator_image> next;

  [[nodiscard]] bool is_good() const { return why.empty(); }
};
/// `who` is nothing if nobody has that address. Whoever is locked is refused whatever they show, and it does
/// not count. `told_now` is the time that the operator's telephone should have, too.
[[nodiscard]] credential_verdict judge_credentials(const operator_image* who, bool is_right_password,
                                                   const std::string& code, timestamp now, timestamp told_now,
                                                   const operator_settings& settings);

/// A session that begins now; its refresh token is still to be drawn.
[[nodiscard]] operator_session_image open_session(operator_id owner, const operator_marks& marks,
                                                  timestamp now, const id_source& ids,
                                                  const operator_settings& settings);
/// The oldest ones, so that one more has room.
[[nodiscard]] std::vector<operator_session_image> surplus_of(std::vector<operator_session_image> newest_first,
                                                             std::size_t sessions_max);

// -- staying

enum class operator_refresh : std::uint8_t {
  rotate,        ///< The live token: a new one for it.
  repeat,        ///< The one before, moments ago, and its successor's text is known here: say it again.
  replace_lost,  ///< The one before, moments ago, and the successor's text is lost: another successor.
  reused,        ///< Ours, but neither: somebody has a copy. The session ends.
  refused,
};
/// The token was drawn here for this session; `session` and `owner` are nothing if they are gone.
[[nodiscard]] operator_refresh judge_refresh(const operator_session_image* session,
                                             const operator_image* owner, const std::string& token_hash,
                                             bool is_successor_known, timestamp now,
                                             const operator_settings& settings);
/// The session after a refresh that gave out a new token.
[[nodiscard]] operator_session_image renewed(operator_session_image session, operator_refresh step,
                                             std::string new_hash, const operator_marks& marks,
                                             timestamp now);

[[nodiscard]] operator_session_image revoked(operator_session_image session, std::string reason,
                                             timestamp now);

// -- keeping operators

/// Why the caller may not keep operators now; nothing if they may.
[[nodiscard]] std::optional<operator_refusal> refuse_keeper(const operator_book& book,
                                                            const operator_stamp& caller, timestamp now);

/// `email` normalised, nothing if it is none.
[[nodiscard]] std::optional<operator_refusal> refuse_creation(const operator_book& book,
                                                              const create_operator& wish,
                                                              const std::optional<std::string>& email,
                                                              timestamp now);
[[nodiscard]] std::optional<operator_refusal> refuse_change(const operator_book& book,
                                                            const change_operator& wish, timestamp now);
/// The operator after the change. New password and secret count if the wish asks for them, and end a lock.
[[nodiscard]] operator_image changed(operator_image who, const change_operator& wish,
                                     const std::string& password_hash, const std::string& totp_secret);
/// The sessions that the change ends, revoked.
[[nodiscard]] std::vector<operator_session_image> sessions_ended_by(const operator_book& book,
                                                                    const change_operator& wish,
                                                                    timestamp now);

/// Why the caller may not end that session (null: there is none): their own they may, anybody's with
/// `admins.manage` and a password and a code shown moments ago.
[[nodiscard]] std::optional<operator_refusal> refuse_revocation(const operator_book& book,
                                                                const operator_stamp& caller,
                                                                const operator_session_image* session,
                                                                timestamp now);

}  // namespace chautari
