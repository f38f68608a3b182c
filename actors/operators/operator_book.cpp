#include "actors/operators/operator_book.hpp"

#include <algorithm>

namespace chautari {

const operator_image* operator_book::find(operator_id id) const {
  const auto found = operators.find(id);
  return found == operators.end() ? nullptr : &found->second;
}

const operator_image* operator_book::find(const std::string& email) const {
  const auto found = std::find_if(operators.begin(), operators.end(),
                                  [&](const auto& one) { return one.second.email == email; });
  return found == operators.end() ? nullptr : &found->second;
}

const operator_session_image* operator_book::live(session_id id, timestamp now) const {
  const auto found = sessions.find(id);
  return found == sessions.end() || found->second.expires_at <= now ? nullptr : &found->second;
}

const operator_session_image* operator_book::session_of(const operator_stamp& stamp, timestamp now) const {
  const auto* who = find(stamp.who);
  const auto* session = live(stamp.session, now);
  const bool is_theirs = who != nullptr && who->is_active && session != nullptr && session->owner == who->id;
  return is_theirs ? session : nullptr;
}

std::vector<operator_session_image> operator_book::sessions_of(operator_id owner, timestamp now) const {
  std::vector<operator_session_image> theirs;
  for (const auto& [id, session] : sessions) {
    if (session.owner == owner && session.expires_at > now) theirs.push_back(session);
  }
  std::reverse(theirs.begin(), theirs.end());  // Ids rise with time.
  return theirs;
}

std::vector<session_id> operator_book::outlived(timestamp now) const {
  std::vector<session_id> over;
  for (const auto& [id, session] : sessions) {
    if (session.expires_at <= now) over.push_back(id);
  }
  return over;
}

bool operator_book::is_last_super_admin(operator_id id) const {
  return std::none_of(operators.begin(), operators.end(), [&](const auto& one) {
    const auto& other = one.second;
    return !(other.id == id) && other.is_active && other.role == operator_role::super_admin;
  });
}

operator_image public_part(operator_image who) {
  who.password_hash.clear();
  who.totp_secret.clear();
  return who;
}

operator_session_image public_part(operator_session_image session) {
  session.refresh_hash.clear();
  session.previous_hash.clear();
  return session;
}

}  // namespace chautari
