#include "actors/users/session_actor.hpp"

#include "actors/users/sign_in_rules.hpp"
#include "actors/users/user_messages.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

constexpr seconds one_hour{3600};

caf::error unavailable() { return refuse(identity_refusal::service_unavailable); }

}  // namespace

template <class Promise, class Next>
void session_state::read_then(Promise promise, std::string token_hash, Next next) {
  self->request(setup.everybody->reader, caf::infinite, load_session{setup.session, std::move(token_hash)})
      .await([next](const session_facts& facts) mutable { next(facts); },
             [promise](caf::error&) mutable { promise.deliver(unavailable()); });
}

template <class Promise, class Next>
void session_state::store_then(Promise promise, record entry, Next next) {
  self->request(setup.everybody->journal, caf::infinite, std::move(entry))
      .await([next](const stored&) mutable { next(); },
             [promise](caf::error&) mutable { promise.deliver(unavailable()); });
}

/// Every door forgets the session's access tokens, whatever is left of their life.
void session_state::announce(const session_image& session) const {
  const session_revoked event{session.id, session.user, *session.revoked_at};
  for (const auto& door : setup.everybody->announce_to)
    self->send(door, event);
}

// -- a new pair

caf::result<signed_in> session_state::refresh(const refresh_session& wish) {
  auto promise = self->make_response_promise<signed_in>();
  read_then(promise, wish.token_hash, [this, wish, promise](const session_facts& facts) mutable {
    const auto verdict = judge_refresh(facts, wish.token_hash, live_hash, now(), settings());
    if (verdict.step == refresh_step::refused) {
      promise.deliver(*verdict.refusal);
      return;
    }
    if (verdict.step == refresh_step::reused) return end_for_reuse(wish, facts, verdict, promise);
    // Counted for holders of a token only, so that nobody else can use up the owner's share.
    if (const auto wait = wait_for_room(refreshes, now(), one_hour, settings().refreshes_per_hour)) {
      promise.deliver(refuse(identity_refusal::rate_limit_exceeded,
                             "{\"retry_after_seconds\":" + std::to_string(wait->count()) + "}"));
      return;
    }
    note_time(refreshes, now(), one_hour, static_cast<std::size_t>(settings().refreshes_per_hour));
    renew(wish, facts, verdict, promise);
  });
  return promise;
}

void session_state::renew(const refresh_session& wish, const session_facts& facts,
                          const refresh_verdict& verdict, caf::typed_response_promise<signed_in> promise) {
  const auto answer = [this, user = *facts.user](const std::string& text) {
    return hand_out(user, setup.session, text, now(), ids(), *setup.identity.keys, settings());
  };
  if (verdict.step == refresh_step::repeat) {
    promise.deliver(answer(live_text));
    return;
  }
  auto entry = new_record();
  for (auto token : facts.tokens) {  // Of an orderly family just the presented one.
    if (token.used_at) continue;
    token.used_at = now();
    entry.add(token);
  }
  const auto drawn = draw_token_of(*facts.session, now(), ids(), settings());
  auto session = *facts.session;
  session.last_used_at = now();
  session.ip = wish.client.ip;
  session.user_agent = wish.client.user_agent;
  entry.add(drawn.image).add(session);
  entry.add(audit_by_rider(session.user, session.id, wish.client, "user.token_refresh", now(), ids()));
  store_then(promise, std::move(entry), [this, drawn, answer, promise]() mutable {
    live_text = drawn.text;
    live_hash = drawn.image.hash;
    promise.deliver(answer(live_text));
  });
}

void session_state::end_for_reuse(const refresh_session& wish, const session_facts& facts,
                                  const refresh_verdict& verdict,
                                  caf::typed_response_promise<signed_in> promise) {
  const auto ended = revoked(*facts.session, now(), "refresh_token_reused");
  auto entry = new_record();
  entry.add(ended);
  entry.add(audit_about_rider(ended.user, ended.id, wish.client, "user.token_reuse", now(), ids()));
  std::optional<outbox_message> warning;
  if (facts.user) {
    warning = session_ended_message(*facts.user, now(), ids());
    entry.add(*warning);
  }
  store_then(promise, std::move(entry), [this, ended, verdict, promise, warning]() mutable {
    announce(ended);
    if (warning) self->send(setup.identity.outbox, to_send(*warning));
    log_event(setup.identity.log, log_level::warning, "refresh-token-reused",
              "An old refresh token came back; its session was ended.",
              {{"session", ended.id.text()}, {"user", ended.user.text()}});
    promise.deliver(*verdict.refusal);
  });
}

// -- leaving

caf::result<logged_out> session_state::leave(const log_out& wish) {
  auto promise = self->make_response_promise<logged_out>();
  read_then(promise, wish.token_hash, [this, wish, promise](const session_facts& facts) mutable {
    auto work = std::make_shared<farewell>();
    work->promise = promise;
    work->answer.at = now();
    work->answer.reason = judge_log_out(facts, wish, now());
    work->answer.token_revoked = work->answer.reason == log_out_reason::valid_blacklisted;
    const auto rest = [this, wish, work] {
      if (wish.all_devices) return end_others(wish, work);
      work->promise.deliver(work->answer);
    };
    if (!facts.session || facts.session->revoked_at || !(facts.session->user == wish.user)) return rest();
    const auto ended = revoked(*facts.session, now(), "logout");
    auto line = audit_by_rider(ended.user, ended.id, wish.client, "user.logout", now(), ids());
    if (wish.all_devices) line.after = R"({"all_devices":true})";
    auto entry = new_record();
    entry.add(ended).add(std::move(line));
    store_then(promise, std::move(entry), [this, ended, rest] {
      announce(ended);
      rest();
    });
  });
  return promise;
}

/// Each session is ended by its own actor, asked through the directory. `then` and not `await`: two sessions
/// that end each other must both go on listening.
void session_state::end_others(const log_out& wish, const std::shared_ptr<farewell>& work) {
  self->request(setup.everybody->reader, caf::infinite,
                load_sessions_of{wish.user, now() - settings().session_life})
      .await(
          [this, work](const session_list& list) {
            ++farewells;
            work->awaited = 1;
            for (const auto& other : list.sessions) {
              if (other.id == setup.session) continue;
              ++work->awaited;
              self->request(setup.directory, caf::infinite, end_session{other.id, "logout_all_devices"})
                  .then([this, work] { said(work); },
                        [this, work](const caf::error&) {
                          work->has_failed = true;
                          said(work);
                        });
            }
            said(work);
          },
          [work](caf::error&) { work->promise.deliver(unavailable()); });
}

void session_state::said(const std::shared_ptr<farewell>& work) {
  if (--work->awaited > 0) return;
  --farewells;
  if (work->has_failed)
    work->promise.deliver(unavailable());
  else
    work->promise.deliver(work->answer);
}

caf::result<void> session_state::end(const end_session& wish) {
  auto promise = self->make_response_promise();
  read_then(promise, {}, [this, wish, promise](const session_facts& facts) mutable {
    if (!facts.session || facts.session->revoked_at) {
      promise.deliver(caf::unit);
      return;
    }
    const auto ended = revoked(*facts.session, now(), wish.reason);
    auto entry = new_record();
    entry.add(ended);
    store_then(promise, std::move(entry), [this, ended, promise]() mutable {
      announce(ended);
      promise.deliver(caf::unit);
    });
  });
  return promise;
}

caf::result<void> session_state::retire() {
  // Whoever waits for other sessions stays: two that wait for each other would never come to rest.
  if (farewells > 0) return unavailable();
  self->quit();
  return caf::unit;
}

session_actor::behavior_type session(session_actor::stateful_pointer<session_state> self,
                                     session_setup setup) {
  auto& my = self->state;
  my.self = self;
  my.setup = std::move(setup);
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {
      [&my](const refresh_session& wish) { return my.refresh(wish); },
      [&my](const log_out& wish) { return my.leave(wish); },
      [&my](const end_session& wish) { return my.end(wish); },
      [&my](sleep_atom) { return my.retire(); },
  };
}

}  // namespace chautari
