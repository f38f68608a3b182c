#include "http/server/authenticator.hpp"

#include <utility>

namespace chautari {

auth_result authenticator::identify(std::string_view bearer_token, timestamp now) {
  const auto found = known_.find(bearer_token);
  if (found != known_.end()) {
    if (found->second->who.expires_at > now) {
      recent_.splice(recent_.begin(), recent_, found->second);
      return found->second->who;
    }
    const auto expired = found->second;
    known_.erase(found);
    recent_.erase(expired);
  }
  if (!check_) return auth_failure{};
  auto verdict = check_(bearer_token);
  const auto* who = std::get_if<caller>(&verdict);
  if (who == nullptr) return verdict;
  if (who->expires_at <= now) return auth_failure{401, "token_expired"};
  if (known_.size() >= callers_max_ && !recent_.empty()) {
    known_.erase(recent_.back().token);
    recent_.pop_back();
  }
  recent_.push_front({std::string{bearer_token}, *who});
  known_.emplace(recent_.front().token, recent_.begin());
  return verdict;
}

template <class Matches>
void authenticator::forget_if(Matches matches) {
  for (auto each = recent_.begin(); each != recent_.end();) {
    if (!matches(each->who)) {
      ++each;
      continue;
    }
    known_.erase(each->token);
    each = recent_.erase(each);
  }
}

void authenticator::invalidate(session_id session) {
  forget_if([&](const caller& who) { return who.session == session; });
}

void authenticator::invalidate(user_id user) {
  forget_if([&](const caller& who) { return who.user == user; });
}

void authenticator::invalidate(operator_id whose) {
  forget_if([&](const caller& who) { return who.role == caller_role::admin && who.as_operator == whose; });
}

}  // namespace chautari
