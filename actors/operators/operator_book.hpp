#pragma once
/// All operators and their live sessions: a plain table with the questions that the rules ask.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocols/operations/audit.hpp"
#include "protocols/operators/images.hpp"

namespace chautari {

struct operator_book {
  std::map<operator_id, operator_image> operators;        ///< Ids rise with time: oldest first.
  std::map<session_id, operator_session_image> sessions;  ///< Neither revoked nor, but for stragglers, over.

  [[nodiscard]] const operator_image* find(operator_id id) const;
  /// `email` normalised.
  [[nodiscard]] const operator_image* find(const std::string& email) const;
  /// Nothing if it is over.
  [[nodiscard]] const operator_session_image* live(session_id id, timestamp now) const;
  /// The caller's, if it is theirs and live, and they are active.
  [[nodiscard]] const operator_session_image* session_of(const operator_stamp& stamp, timestamp now) const;
  /// Live ones, newest first.
  [[nodiscard]] std::vector<operator_session_image> sessions_of(operator_id owner, timestamp now) const;
  /// Sessions whose time is over.
  [[nodiscard]] std::vector<session_id> outlived(timestamp now) const;
  /// True if nobody else is an active super_admin.
  [[nodiscard]] bool is_last_super_admin(operator_id id) const;
};

/// Without password hash and TOTP secret: as answers carry it.
[[nodiscard]] operator_image public_part(operator_image who);
/// Without fingerprints of refresh tokens.
[[nodiscard]] operator_session_image public_part(operator_session_image session);

}  // namespace chautari
