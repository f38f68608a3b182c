#include "actors/operators/operators_actor.hpp"

#include <algorithm>

#include "actors/operators/operator_audit.hpp"
#include "protocols/operators/secrets.hpp"

namespace chautari {

// -- what is stored

/// Takes what the database says of some operators: what `chautari operators` changed meanwhile counts.
void operators_state::adopt(const recovered_operators& all) {
  for (const auto& who : all.operators) {
    for (const auto& known : book.sessions_of(who.id, now())) {
      const bool is_stored = std::any_of(all.sessions.begin(), all.sessions.end(),
                                         [&](const auto& session) { return session.id == known.id; });
      if (!is_stored) end(known);
    }
    keep(who);
  }
  for (const auto& session : all.sessions) {
    const bool is_news = book.live(session.id, now()) == nullptr;
    if (is_news && book.find(session.owner) != nullptr) keep(session);
  }
}

void operators_state::keep(const operator_image& who) {
  const auto* before = book.find(who.id);
  const bool is_other_role = before != nullptr && before->role != who.role;
  book.operators[who.id] = who;
  if (!is_other_role) return;
  for (const auto& session : book.sessions_of(who.id, now()))
    keep(session);
  tell_doors(who.id, {});
}

void operators_state::keep(const operator_session_image& session) {
  book.sessions[session.id] = session;
  setup.watch({session.owner, session.id, true, book.find(session.owner)->role, session.authenticated_at,
               session.expires_at});
}

void operators_state::end(const operator_session_image& session) {
  book.sessions.erase(session.id);
  live_tokens.erase(session.id);
  setup.watch({session.owner, session.id, false});
  tell_doors(session.owner, session.id);
}

void operators_state::tell_doors(operator_id who, session_id session) const {
  for (const auto& door : everybody->announce_to)
    self->send(door, operator_changed{who, session});
}

void operators_state::forget_outlived() {
  for (const auto& id : book.outlived(now()))
    end(operator_session_image{book.sessions.at(id)});
}

// -- keeping operators

operator_kept operators_state::kept(const operator_image& who, bool is_new_secret) const {
  if (!is_new_secret) return {public_part(who), {}, {}};
  return {public_part(who), who.totp_secret, otpauth_url(setup.settings.issuer, who.email, who.totp_secret)};
}

caf::result<operator_kept> operators_state::create(const create_operator& wish) {
  const auto email = operator_email(wish.email);
  // Before the work; decided once more after it.
  if (const auto why = refuse_creation(book, wish, email, now())) return refuse(*why);
  auto promise = self->make_response_promise<operator_kept>();
  ask_passwords_then<password_hashed>(
      promise, hash_password{wish.password}, [this, wish, promise](const password_hashed& hash) mutable {
        read_then(promise, everyone(), [this, wish, hash = hash.encoded, promise]() mutable {
          settle_creation(wish, hash, promise);
        });
      });
  return promise;
}

void operators_state::settle_creation(const create_operator& wish, const std::string& password_hash,
                                      caf::typed_response_promise<operator_kept> promise) {
  const auto email = operator_email(wish.email);
  if (const auto why = refuse_creation(book, wish, email, now())) {
    promise.deliver(refuse(*why));
    return;
  }
  operator_image made;
  made.id = ids().make<operator_id>();
  made.email = *email;
  made.name = wish.name;
  made.role = wish.role;
  made.password_hash = password_hash;
  made.totp_secret = draw_totp_secret(ids().random);
  made.created_by = wish.stamp.who;
  made.created_at = now();
  auto entry = new_record();
  entry.add(made).add(audit_of_creation(made, wish.stamp, ids()));
  store_then(promise, std::move(entry), [this, made, promise]() mutable {
    keep(made);
    promise.deliver(kept(made, true));
  });
}

caf::result<operator_kept> operators_state::change(const change_operator& wish) {
  auto promise = self->make_response_promise<operator_kept>();
  const auto go_on = [this, wish, promise](const password_hashed& hash) {
    read_then(promise, everyone(),
              [this, wish, hash = hash.encoded, promise] { settle_change(wish, hash, promise); });
  };
  if (wish.new_password)
    ask_passwords_then<password_hashed>(promise, hash_password{*wish.new_password}, go_on);
  else
    go_on({});
  return promise;
}

void operators_state::settle_change(const change_operator& wish, const std::string& password_hash,
                                    caf::typed_response_promise<operator_kept> promise) {
  if (const auto why = refuse_change(book, wish, now())) {
    promise.deliver(refuse(*why));
    return;
  }
  const auto before = *book.find(wish.id);
  const auto secret = wish.reset_totp ? draw_totp_secret(ids().random) : std::string{};
  const auto after = changed(before, wish, password_hash, secret);
  const auto audit = audit_of_change(before, after, wish, ids());
  if (!audit) {
    promise.deliver(kept(before, false));
    return;
  }
  const auto ended = sessions_ended_by(book, wish, now());
  auto entry = new_record();
  entry.add(after).add(*audit);
  for (const auto& session : ended)
    entry.add(session);
  store_then(promise, std::move(entry), [this, after, ended, is_new = wish.reset_totp, promise]() mutable {
    for (const auto& session : ended)
      end(session);
    keep(after);
    promise.deliver(kept(after, is_new));
  });
}

// -- looking

caf::result<operator_list> operators_state::list() {
  auto promise = self->make_response_promise<operator_list>();
  read_then(promise, everyone(), [this, promise]() mutable {
    operator_list all;
    for (const auto& [id, who] : book.operators)
      all.operators.push_back(public_part(who));
    promise.deliver(std::move(all));
  });
  return promise;
}

caf::result<operator_image> operators_state::look(const look_at_operator& question) {
  auto promise = self->make_response_promise<operator_image>();
  read_then(promise, one(question.id), [this, id = question.id, promise]() mutable {
    if (const auto* who = book.find(id))
      promise.deliver(public_part(*who));
    else
      promise.deliver(refuse(operator_refusal::operator_not_found));
  });
  return promise;
}

caf::result<operator_session_list> operators_state::list_sessions(const list_operator_sessions& question) {
  auto promise = self->make_response_promise<operator_session_list>();
  read_then(promise, one(question.owner), [this, owner = question.owner, promise]() mutable {
    operator_session_list list;
    for (auto& session : book.sessions_of(owner, now()))
      list.sessions.push_back(public_part(std::move(session)));
    promise.deliver(std::move(list));
  });
  return promise;
}

operators_newcomer_actor::behavior_type operators(
    operators_newcomer_actor::stateful_pointer<operators_state> self, operators_setup setup) {
  auto& my = self->state;
  my.self = self;
  my.setup = std::move(setup);
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {
      [&my](const adopt_operators& past) { my.adopt(past.all); },
      [&my](const log_in_operator& wish) { return my.log_in(wish); },
      [&my](const refresh_operator& wish) { return my.refresh(wish); },
      [&my](const log_out_operator& wish) { return my.log_out(wish); },
      [&my](const reauthenticate_operator& wish) { return my.reauthenticate(wish); },
      [&my](const create_operator& wish) { return my.create(wish); },
      [&my](const change_operator& wish) { return my.change(wish); },
      [&my](const list_operators&) { return my.list(); },
      [&my](const look_at_operator& question) { return my.look(question); },
      [&my](const list_operator_sessions& question) { return my.list_sessions(question); },
      [&my](const revoke_operator_session& wish) { return my.revoke(wish); },
      [&my](const meet_network& meeting) {
        my.everybody = std::make_shared<const network>(meeting.everybody);
      },
  };
}

}  // namespace chautari
