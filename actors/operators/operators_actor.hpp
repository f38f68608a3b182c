#pragma once
/// The operators: decides, records with the audit entry, commits, tells the doors, answers.

#include <caf/all.hpp>
#include <memory>
#include <string>
#include <unordered_map>

#include "actors/operators/operator_book.hpp"
#include "actors/operators/operator_rules.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/operations/network.hpp"
#include "protocols/operators/interface.hpp"
#include "protocols/operators/settings.hpp"
#include "protocols/users/access_token.hpp"

namespace chautari {

/// As it is spawned: it meets the network first, then adopts what was stored.
using operators_newcomer_actor = operators_actor::extend_with<newcomer_actor>;

struct operators_setup {
  operator_settings settings;
  std::shared_ptr<const key_ring> keys;
  passwords_actor passwords;
  operator_watch watch;
  /// The machine's own clock. Ours may be ahead of it for hours after it was wrong, and an operator's codes
  /// come from a telephone that was not. Nothing: ours.
  clock_source told_time;
};

struct operators_state {
  static inline const char* name = "operators";

  operators_newcomer_actor::pointer self = nullptr;
  operators_setup setup;
  std::shared_ptr<const network> everybody;
  operator_book book;
  /// The newest refresh token of each session, for answers that were lost; a restart forgets them.
  std::unordered_map<session_id, std::string> live_tokens;
  std::size_t passwords_waiting = 0;

  void adopt(const recovered_operators& all);
  caf::result<operator_signed_in> log_in(const log_in_operator& wish);
  caf::result<operator_signed_in> refresh(const refresh_operator& wish);
  caf::result<void> log_out(const log_out_operator& wish);
  caf::result<operator_reauthenticated> reauthenticate(const reauthenticate_operator& wish);
  caf::result<operator_kept> create(const create_operator& wish);
  caf::result<operator_kept> change(const change_operator& wish);
  caf::result<operator_list> list();
  caf::result<operator_image> look(const look_at_operator& question);
  caf::result<operator_session_list> list_sessions(const list_operator_sessions& question);
  caf::result<void> revoke(const revoke_operator_session& wish);

private:
  using sign_in_promise = caf::typed_response_promise<operator_signed_in>;

  // -- storage and passwords; each answers `service_unavailable` itself when it cannot go on
  template <class Promise, class Next>
  void read_then(Promise promise, load_operators what, Next next);
  template <class Promise, class Next>
  void store_then(Promise promise, record entry, Next next);
  /// Does not wait: others are served meanwhile, so decide on what is stored when it comes back.
  template <class Answer, class Promise, class Question, class Next>
  void ask_passwords_then(Promise promise, Question question, Next next);
  /// Next is told whether the password is the one that is stored by then.
  template <class Promise, class Next>
  void prove_then(Promise promise, const load_operators& whose, const std::string& password, Next next);

  // -- after the commit
  void keep(const operator_image& who);
  void keep(const operator_session_image& session);
  void end(const operator_session_image& session);
  void tell_doors(operator_id who, session_id session) const;
  void forget_outlived();

  /// Stores that somebody tried, then says no more than `invalid_credentials`.
  template <class Promise>
  void refuse_credentials(const credential_verdict& verdict, audit_entry entry, Promise promise);
  void begin_session(const operator_image& who, const operator_marks& marks, sign_in_promise promise);
  void renew(const operator_session_image& session, operator_refresh step, const operator_marks& marks,
             sign_in_promise promise);
  void end_for_reuse(const operator_session_image& session, const operator_marks& marks,
                     sign_in_promise promise);
  [[nodiscard]] operator_signed_in pair_of(const operator_session_image& session, std::string refresh) const;
  void settle_creation(const create_operator& wish, const std::string& password_hash,
                       caf::typed_response_promise<operator_kept> promise);
  void settle_change(const change_operator& wish, const std::string& password_hash,
                     caf::typed_response_promise<operator_kept> promise);
  [[nodiscard]] operator_kept kept(const operator_image& who, bool is_new_secret) const;

  [[nodiscard]] load_operators one(operator_id id) const { return {id, {}, false, now()}; }
  [[nodiscard]] load_operators one(const std::string& email) const { return {{}, email, false, now()}; }
  [[nodiscard]] load_operators everyone() const { return {{}, {}, true, now()}; }
  [[nodiscard]] const operator_image* find(const load_operators& what) const {
    return what.id.is_nil() ? book.find(what.email) : book.find(what.id);
  }
  [[nodiscard]] timestamp now() const { return everybody->now(); }
  [[nodiscard]] timestamp told_now() const { return setup.told_time ? setup.told_time() : now(); }
  [[nodiscard]] const id_source& ids() const { return everybody->ids; }
  [[nodiscard]] record new_record() const { return {ids().make<record_id>(), now(), {}}; }
};

operators_newcomer_actor::behavior_type operators(
    operators_newcomer_actor::stateful_pointer<operators_state> self, operators_setup setup);

template <class Promise, class Next>
void operators_state::read_then(Promise promise, load_operators what, Next next) {
  self->request(everybody->reader, caf::infinite, std::move(what))
      .await(
          [this, next](const recovered_operators& stored) mutable {
            adopt(stored);
            next();
          },
          [promise](caf::error&) mutable { promise.deliver(refuse(operator_refusal::service_unavailable)); });
}

template <class Promise, class Next>
void operators_state::store_then(Promise promise, record entry, Next next) {
  self->request(everybody->journal, caf::infinite, std::move(entry))
      .await(
          [next](const stored&) mutable { next(); },
          [promise](caf::error&) mutable { promise.deliver(refuse(operator_refusal::service_unavailable)); });
}

template <class Answer, class Promise, class Question, class Next>
void operators_state::ask_passwords_then(Promise promise, Question question, Next next) {
  if (passwords_waiting >= limits::passwords_waiting_max) {
    promise.deliver(refuse(operator_refusal::service_unavailable));
    return;
  }
  ++passwords_waiting;
  self->request(setup.passwords, caf::infinite, std::move(question))
      .then(
          [this, next](Answer& answer) mutable {
            --passwords_waiting;
            next(answer);
          },
          [this, promise](caf::error&) mutable {
            --passwords_waiting;
            promise.deliver(refuse(operator_refusal::service_unavailable));
          });
}

template <class Promise, class Next>
void operators_state::prove_then(Promise promise, const load_operators& whose, const std::string& password,
                                 Next next) {
  read_then(promise, whose, [this, promise, whose, password, next]() mutable {
    const auto* who = find(whose);
    const auto encoded = who == nullptr ? std::string{} : who->password_hash;
    const auto compared = [this, promise, whose, encoded, next](const password_checked& found) mutable {
      read_then(promise, whose, [this, whose, encoded, next, fits = found.fits]() mutable {
        const auto* still = find(whose);
        next(fits && still != nullptr && still->password_hash == encoded);
      });
    };
    ask_passwords_then<password_checked>(promise, check_password{encoded, password}, compared);
  });
}

}  // namespace chautari
