#pragma once
/// What we tell people about their account, beside codes.

#include <string>

#include "protocols/base/id_source.hpp"
#include "protocols/journal/record.hpp"
#include "protocols/users/message_provider.hpp"

namespace chautari {

/// "welcome" {username}: stored with the registration, sent after it.
[[nodiscard]] outbox_message welcome_message(const user_image& user, timestamp now, const id_source& ids);

/// "session_ended" {reason, ended_at}: an old refresh token came back, so somebody else may have had it.
[[nodiscard]] outbox_message session_ended_message(const user_image& user, timestamp now,
                                                   const id_source& ids);

/// "station_issue_resolved" {station_name, notes}: what the rider reported has been seen to.
[[nodiscard]] outbox_message issue_resolved_message(const user_image& user, const std::string& station_name,
                                                    const std::string& notes, timestamp now,
                                                    const id_source& ids);

/// "rental_issue_resolved" {rental_code, notes}: the same of a rental.
[[nodiscard]] outbox_message rental_issue_resolved_message(const user_image& user,
                                                           const std::string& rental_code,
                                                           const std::string& notes, timestamp now,
                                                           const id_source& ids);

/// A stored message without secrets, ready for the outbox.
[[nodiscard]] outgoing_message to_send(const outbox_message& row);

}  // namespace chautari
