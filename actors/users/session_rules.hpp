#pragma once
/// Sessions and their refresh tokens: pure functions of what is stored, the wish and the time
/// (users_money 1.4).

#include <caf/error.hpp>
#include <optional>
#include <string>

#include "protocols/base/id_source.hpp"
#include "protocols/journal/reader.hpp"
#include "protocols/users/access_token.hpp"
#include "protocols/users/interface.hpp"
#include "protocols/users/settings.hpp"

namespace chautari {

/// A refresh token on its way out: the text leaves, only the image is stored.
struct drawn_refresh_token {
  std::string text;
  refresh_token_image image;
};
[[nodiscard]] drawn_refresh_token draw_token_of(const session_image& session, timestamp now,
                                                const id_source& ids, const identity_settings& settings);

[[nodiscard]] session_image open_session(user_id user, const client_marks& client, timestamp now,
                                         const id_source& ids);

/// The answer that carries a pair; the access token is signed here.
[[nodiscard]] signed_in hand_out(const user_image& user, session_id session, std::string refresh,
                                 timestamp now, const id_source& ids, const key_ring& keys,
                                 const identity_settings& settings);

enum class refresh_step : std::uint8_t {
  rotate,        ///< The live token: a new one for it.
  repeat,        ///< Used moments ago, and its successor is known here and unused: say it again.
  replace_lost,  ///< Used moments ago, and the successor's text is lost: another successor.
  reused,        ///< Used long ago: somebody has a copy. The session ends.
  refused,
};
struct refresh_verdict {
  refresh_step step = refresh_step::refused;
  std::optional<caf::error> refusal;  ///< With `refused` and `reused`.
};
/// `known_live_hash`: of the newest token whose text this process still knows; empty if none.
[[nodiscard]] refresh_verdict judge_refresh(const session_facts& facts, const std::string& token_hash,
                                            const std::string& known_live_hash, timestamp now,
                                            const identity_settings& settings);

/// What becomes of the token that came along with a log-out.
[[nodiscard]] log_out_reason judge_log_out(const session_facts& facts, const log_out& wish, timestamp now);

/// A rider's own doing, for the audit log: "user.login". The rider is who did it and whom it is about.
[[nodiscard]] audit_entry audit_by_rider(user_id rider, session_id session, const client_marks& client,
                                         std::string action, timestamp now, const id_source& ids);
/// Something done in a rider's name by nobody knows whom: "user.login_failed". The session may be nil.
[[nodiscard]] audit_entry audit_about_rider(user_id rider, session_id session, const client_marks& client,
                                            std::string action, timestamp now, const id_source& ids);

[[nodiscard]] session_image revoked(session_image session, timestamp now, std::string reason);

}  // namespace chautari
