#include "http/operators/operator_gate.hpp"

#include <algorithm>
#include <mutex>

#include "http/server/desk.hpp"
#include "http/server/door.hpp"
#include "protocols/base/check.hpp"
#include "protocols/operations/doors.hpp"

namespace chautari {

namespace {

trusted_peers networks_in(const operator_settings& settings) {
  auto parsed = trusted_peers::parse(settings.allowed_networks);
  CHECK(parsed.has_value());
  return std::move(*parsed);
}

}  // namespace

operator_gate::operator_gate(std::shared_ptr<const key_ring> keys, const operator_settings& settings,
                             clock_source now)
    : keys_{std::move(keys)},
      issuer_{settings.issuer},
      audience_{settings.audience},
      networks_{networks_in(settings)},
      now_{std::move(now)} {}

void operator_gate::note(const operator_state_change& change) {
  const auto now = now_();
  const std::unique_lock hold{guard_};
  // Sessions that ran out are told by nobody. They are as few as operators, so looking at all is cheap here.
  std::erase_if(live_, [now](const auto& each) { return each.second.expires_at <= now; });
  if (!change.is_live) {
    live_.erase(change.session);
    return;
  }
  live_[change.session] = {change.who, {change.role, change.authenticated_at}, change.expires_at};
}

std::optional<operator_gate::live_session> operator_gate::find(session_id session, operator_id who) const {
  const auto now = now_();
  const std::shared_lock hold{guard_};
  const auto found = live_.find(session);
  if (found == live_.end() || !(found->second.who == who) || found->second.expires_at <= now) return {};
  return found->second;
}

auth_result operator_gate::check(std::string_view token) const {
  const auto checked = keys_->verify(token, issuer_, audience_, now_());
  if (const auto* why = std::get_if<token_refusal>(&checked))
    return auth_failure{401, *why == token_refusal::expired ? "token_expired" : "unauthenticated"};
  const auto& claims = std::get<access_claims>(checked);
  caller who;
  who.as_operator = operator_id{claims.subject.value};
  who.session = claims.session;
  who.role = caller_role::admin;
  const auto session = find(who.session, who.as_operator);
  if (!session) return auth_failure{401, "token_revoked"};
  who.standing = session->standing;
  who.expires_at = std::min(claims.expires_at, session->expires_at);
  return who;
}

standing_result operator_gate::standing_of(const caller& who, std::string_view client_ip) const {
  const auto session = find(who.session, who.as_operator);
  if (!session) return auth_failure{401, "token_revoked"};
  if (!admits(client_ip)) return auth_failure{403, "ip_not_allowed"};
  return session->standing;
}

bool operator_gate::admits(std::string_view client_ip) const {
  return networks_.empty() || networks_.contains(client_ip);
}

std::size_t operator_gate::sessions() const {
  const std::shared_lock hold{guard_};
  return live_.size();
}

authenticate_function operator_gate::function_of(std::shared_ptr<const operator_gate> gate,
                                                 authenticate_function others) {
  return [gate = std::move(gate), others = std::move(others)](std::string_view token) {
    auto verdict = others(token);
    const auto* why = std::get_if<auth_failure>(&verdict);
    return why != nullptr && why->code == "unauthenticated" ? gate->check(token) : verdict;
  };
}

standing_function operator_gate::standing_of(std::shared_ptr<const operator_gate> gate) {
  return [gate = std::move(gate)](const caller& who, std::string_view client_ip) {
    return gate->standing_of(who, client_ip);
  };
}

void follow_operators(lane_parts& lane) {
  lane.announcements.on<operator_changed>(
      [recheck = lane.recheck_operator](const operator_changed& event) { recheck(event.who); });
}

}  // namespace chautari
