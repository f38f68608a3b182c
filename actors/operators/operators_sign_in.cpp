#include "actors/operators/operators_actor.hpp"

#include <algorithm>

#include "actors/operators/operator_audit.hpp"
#include "protocols/operators/secrets.hpp"
#include "protocols/users/secrets.hpp"

namespace chautari {
namespace {

operator_marks marks_of(const operator_stamp& stamp) {
  return {stamp.ip, stamp.user_agent, stamp.request_id};
}

}  // namespace

// -- coming in

template <class Promise>
void operators_state::refuse_credentials(const credential_verdict& verdict, audit_entry audit,
                                         Promise promise) {
  auto entry = new_record();
  if (verdict.next) entry.add(*verdict.next);
  entry.add(std::move(audit));
  store_then(promise, std::move(entry), [this, next = verdict.next, promise]() mutable {
    if (next) keep(*next);
    if (next && next->locked_until && *next->locked_until > now())
      log_event(everybody->log, log_level::warning, "operator-locked",
                "An operator is locked after too many failed log-ins.",
                {{"operator", next->id.text()}, {"until", to_rfc3339(*next->locked_until)}});
    promise.deliver(refuse(operator_refusal::invalid_credentials));
  });
}

caf::result<operator_signed_in> operators_state::log_in(const log_in_operator& wish) {
  auto promise = self->make_response_promise<operator_signed_in>();
  // What is no address belongs to nobody, and takes as long.
  const auto email = operator_email(wish.email).value_or("");
  const auto proved = [this, wish, email, promise](bool is_right_password) {
    const auto* who = book.find(email);
    const auto verdict =
        judge_credentials(who, is_right_password, wish.totp, now(), told_now(), setup.settings);
    if (verdict.is_good()) return begin_session(*verdict.next, wish.marks, promise);
    refuse_credentials(verdict,
                       audit_of_failure("operator.login_failed", who, email, verdict.why, wish.marks, ids()),
                       promise);
  };
  prove_then(promise, one(email), wish.password, proved);
  return promise;
}

void operators_state::begin_session(const operator_image& who, const operator_marks& marks,
                                    sign_in_promise promise) {
  forget_outlived();
  auto seen = who;
  seen.last_login_at = now();
  auto session = open_session(who.id, marks, now(), ids(), setup.settings);
  const auto token = draw_operator_token(ids().random, setup.settings.pepper, session.id);
  session.refresh_hash = sha256_hex(token);
  auto entry = new_record();
  entry.add(seen).add(session).add(audit_of_log_in(seen, session, marks, ids()));
  std::vector<operator_session_image> ended;
  for (auto& old : surplus_of(book.sessions_of(who.id, now()), limits::operator_sessions_max)) {
    ended.push_back(revoked(std::move(old), "too_many_sessions", now()));
    entry.add(ended.back());
  }
  store_then(promise, std::move(entry), [this, seen, session, token, ended, promise]() mutable {
    keep(seen);
    for (const auto& old : ended)
      end(old);
    keep(session);
    live_tokens[session.id] = token;
    promise.deliver(pair_of(session, token));
  });
}

caf::result<operator_reauthenticated> operators_state::reauthenticate(const reauthenticate_operator& wish) {
  auto promise = self->make_response_promise<operator_reauthenticated>();
  const auto proved = [this, wish, promise](bool is_right_password) mutable {
    const auto* session = book.session_of(wish.stamp, now());
    if (session == nullptr) {
      promise.deliver(refuse(operator_refusal::session_over));
      return;
    }
    const auto* who = book.find(wish.stamp.who);
    const auto verdict =
        judge_credentials(who, is_right_password, wish.totp, now(), told_now(), setup.settings);
    if (!verdict.is_good()) {
      const auto marks = marks_of(wish.stamp);
      return refuse_credentials(
          verdict,
          audit_of_failure("operator.reauthentication_failed", who, who->email, verdict.why, marks, ids()),
          promise);
    }
    auto fresh = *session;
    fresh.authenticated_at = now();
    auto entry = new_record();
    entry.add(*verdict.next)
        .add(fresh)
        .add(audit_of_session("operator.reauthenticate", fresh, wish.stamp, {}, ids()));
    store_then(promise, std::move(entry), [this, next = *verdict.next, fresh, promise]() mutable {
      keep(next);
      keep(fresh);
      promise.deliver(operator_reauthenticated{public_part(fresh)});
    });
  };
  prove_then(promise, one(wish.stamp.who), wish.password, proved);
  return promise;
}

// -- staying

caf::result<operator_signed_in> operators_state::refresh(const refresh_operator& wish) {
  const auto id = session_of_operator_token(wish.token, setup.settings.pepper);
  const auto* known = id ? book.live(*id, now()) : nullptr;
  if (known == nullptr) return refuse(operator_refusal::invalid_refresh_token);
  auto promise = self->make_response_promise<operator_signed_in>();
  read_then(promise, one(known->owner), [this, wish, id = *id, owner = known->owner, promise]() mutable {
    const auto* session = book.live(id, now());
    const auto step = judge_refresh(session, book.find(owner), sha256_hex(wish.token),
                                    live_tokens.contains(id), now(), setup.settings);
    if (step == operator_refresh::reused) return end_for_reuse(*session, wish.marks, promise);
    if (step == operator_refresh::repeat)
      promise.deliver(pair_of(*session, live_tokens.at(id)));
    else if (step == operator_refresh::refused)
      promise.deliver(refuse(operator_refusal::invalid_refresh_token));
    else
      renew(*session, step, wish.marks, promise);
  });
  return promise;
}

void operators_state::renew(const operator_session_image& session, operator_refresh step,
                            const operator_marks& marks, sign_in_promise promise) {
  const auto token = draw_operator_token(ids().random, setup.settings.pepper, session.id);
  const auto next = renewed(session, step, sha256_hex(token), marks, now());
  const operator_stamp stamp{next.owner, next.id, marks.ip, marks.user_agent, marks.request_id};
  auto entry = new_record();
  entry.add(next).add(audit_of_session("operator.token_refresh", next, stamp, {}, ids()));
  store_then(promise, std::move(entry), [this, next, token, promise]() mutable {
    keep(next);
    live_tokens[next.id] = token;
    promise.deliver(pair_of(next, token));
  });
}

void operators_state::end_for_reuse(const operator_session_image& session, const operator_marks& marks,
                                    sign_in_promise promise) {
  const auto ended = revoked(session, "refresh_token_reused", now());
  const auto* owner = book.find(ended.owner);
  auto entry = new_record();
  entry.add(ended).add(audit_of_failure("operator.refresh_reused", owner, owner->email,
                                        "session " + ended.id.text() + " ended", marks, ids()));
  store_then(promise, std::move(entry), [this, ended, promise]() mutable {
    end(ended);
    log_event(everybody->log, log_level::warning, "operator-refresh-reused",
              "An operator's old refresh token came back; its session was ended.",
              {{"session", ended.id.text()}, {"operator", ended.owner.text()}});
    promise.deliver(refuse(operator_refusal::refresh_token_reused));
  });
}

operator_signed_in operators_state::pair_of(const operator_session_image& session,
                                            std::string refresh) const {
  const auto& who = *book.find(session.owner);
  access_claims claims;
  claims.issuer = setup.settings.issuer;
  claims.audience = setup.settings.audience;
  claims.subject = user_id{who.id.value};
  claims.session = session.id;
  claims.id = ids().make<token_id>();
  claims.role = to_string(who.role);
  claims.issued_at = claims.not_before = now();
  claims.expires_at = std::min<timestamp>(now() + setup.settings.access_life, session.expires_at);
  return {public_part(who), public_part(session), setup.keys->sign(claims), std::move(refresh),
          std::chrono::floor<seconds>(claims.expires_at - now())};
}

// -- leaving

caf::result<void> operators_state::log_out(const log_out_operator& wish) {
  const auto* session = book.session_of(wish.stamp, now());
  if (session == nullptr) return caf::unit;
  auto promise = self->make_response_promise();
  const auto ended = revoked(*session, "logout", now());
  auto entry = new_record();
  entry.add(ended).add(audit_of_session("operator.logout", ended, wish.stamp, {}, ids()));
  store_then(promise, std::move(entry), [this, ended, promise]() mutable {
    end(ended);
    promise.deliver(caf::unit);
  });
  return promise;
}

caf::result<void> operators_state::revoke(const revoke_operator_session& wish) {
  const auto* session = book.live(wish.session, now());
  if (const auto why = refuse_revocation(book, wish.stamp, session, now())) return refuse(*why);
  auto promise = self->make_response_promise();
  const auto ended = revoked(*session, "revoked", now());
  auto entry = new_record();
  entry.add(ended).add(audit_of_session("operator.session_revoked", ended, wish.stamp, wish.reason, ids()));
  store_then(promise, std::move(entry), [this, ended, promise]() mutable {
    end(ended);
    promise.deliver(caf::unit);
  });
  return promise;
}

}  // namespace chautari
