#include "http/users/token_gate.hpp"

#include <mutex>

#include "http/server/desk.hpp"
#include "http/server/door.hpp"

namespace chautari {

token_gate::token_gate(std::shared_ptr<const key_ring> keys, const identity_settings& settings,
                       clock_source now, std::size_t barred_max)
    : keys_{std::move(keys)},
      issuer_{settings.issuer},
      audience_{settings.audience},
      access_life_{settings.access_life},
      now_{std::move(now)},
      barred_max_{barred_max} {}

void token_gate::recover(const std::vector<revoked_session>& sessions, const std::vector<user_id>& users) {
  const std::unique_lock hold{guard_};
  for (const auto& one : sessions)
    note({one.revoked_at, one.session.value, false});
  banned_.insert(users.begin(), users.end());
}

void token_gate::bar(const session_revoked& event) {
  const std::unique_lock hold{guard_};
  if (event.session.is_nil())
    note({event.at, event.user.value, true});
  else
    note({event.at, event.session.value, false});
}

void token_gate::note(const verdict& fresh) {
  forget_old();
  if (fresh.is_user) {
    const auto [known, is_new] = users_.try_emplace(user_id{fresh.whose}, fresh.at);
    if (!is_new && known->second >= fresh.at) return;
    known->second = fresh.at;
  } else if (!sessions_.insert(session_id{fresh.whose}).second) {
    return;
  }
  by_age_.push_back(fresh);
}

void token_gate::forget_old() {
  const auto now = now_();
  while (!by_age_.empty()) {
    const auto& oldest = by_age_.front();
    if (oldest.at + access_life_ > now && by_age_.size() < barred_max_) return;
    if (!oldest.is_user) {
      sessions_.erase(session_id{oldest.whose});
    } else if (const auto known = users_.find(user_id{oldest.whose});
               known != users_.end() && known->second == oldest.at) {
      users_.erase(known);
    }
    by_age_.pop_front();
  }
}

auth_result token_gate::check(std::string_view token) const {
  const auto checked = keys_->verify(token, issuer_, audience_, now_());
  if (const auto* why = std::get_if<token_refusal>(&checked)) {
    return auth_failure{401, *why == token_refusal::expired ? "token_expired" : "unauthenticated"};
  }
  const auto& claims = std::get<access_claims>(checked);
  if (claims.role != "user") return auth_failure{};
  const std::shared_lock hold{guard_};
  if (banned_.contains(claims.subject)) return auth_failure{403, "account_banned"};
  if (sessions_.contains(claims.session)) return auth_failure{401, "token_revoked"};
  // Tokens tell whole seconds: one made in the second of the verdict counts as made before it.
  const auto barred = users_.find(claims.subject);
  if (barred != users_.end() && claims.issued_at <= barred->second) return auth_failure{401, "token_revoked"};
  caller who;
  who.user = claims.subject;
  who.session = claims.session;
  who.role = caller_role::user;
  who.expires_at = claims.expires_at;
  return who;
}

authenticate_function token_gate::function_of(std::shared_ptr<const token_gate> gate) {
  return [gate = std::move(gate)](std::string_view token) { return gate->check(token); };
}

std::size_t token_gate::remembered() const {
  const std::shared_lock hold{guard_};
  return by_age_.size();
}

void follow_revocations(lane_parts& lane, std::shared_ptr<token_gate> gate) {
  lane.announcements.on<session_revoked>([gate = std::move(gate), revoke_session = lane.revoke_session,
                                          revoke_user = lane.revoke_user](const session_revoked& event) {
    gate->bar(event);
    if (event.session.is_nil())
      revoke_user(event.user);
    else
      revoke_session(event.session);
  });
}

}  // namespace chautari
