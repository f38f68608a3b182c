#include "actors/users/sign_in_actor.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "actors/accounts/ledger_postings.hpp"
#include "actors/users/session_rules.hpp"
#include "actors/users/sign_in_rules.hpp"
#include "actors/users/user_messages.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/users/secrets.hpp"

namespace chautari {
namespace {

/// Registrations that met a taken name or code and are tried again.
constexpr int registration_tries_max = 5;
constexpr seconds one_hour{3600};

caf::error unavailable() { return refuse(identity_refusal::service_unavailable); }

std::string channel_of(std::string_view identifier) {
  return kind_of(identifier) == identifier_kind::email ? "mail" : "sms";
}

}  // namespace

record sign_in_state::new_record() const { return {ids().make<record_id>(), now(), {}}; }

// -- what is stored

void sign_in_state::take(sign_in_facts& facts) {
  code = facts.otp.value_or(otp_image{});
  code.identifier = setup.identifier;
  code.purpose = to_string(code_purpose::auth);
  tokens = std::move(facts.tokens);
  owner = std::move(facts.user);
  if (!has_read) requested_at = code.requested_at;
  has_read = true;
  code.requested_at = requested_at;
}

template <class Answer, class Next>
void sign_in_state::read_then(caf::typed_response_promise<Answer> promise, Next next) {
  self->request(setup.everybody->reader, caf::infinite, load_sign_in{setup.identifier, now()})
      .await(
          [this, next](sign_in_facts& facts) mutable {
            take(facts);
            next();
          },
          [promise](caf::error&) mutable { promise.deliver(unavailable()); });
}

// -- a code goes out

caf::result<code_requested> sign_in_state::request(const request_code& wish) {
  auto promise = self->make_response_promise<code_requested>();
  read_then(promise, [this, wish, promise]() mutable {
    if (auto why = refuse_code(code, now(), settings())) {
      promise.deliver(std::move(*why));
      return;
    }
    self->request(setup.identity.outbox, caf::infinite, ask_delivery{channel_of(setup.identifier)})
        .await(
            [this, wish, promise](const delivery_state& delivery) mutable {
              if (delivery.is_up) return send_code(wish, promise);
              promise.deliver(refuse(identity_refusal::otp_delivery_unavailable));
            },
            [promise](caf::error&) mutable {
              promise.deliver(refuse(identity_refusal::otp_delivery_unavailable));
            });
  });
  return promise;
}

void sign_in_state::send_code(const request_code& wish, caf::typed_response_promise<code_requested> promise) {
  const auto digits = draw_code(ids().random);
  const auto purpose = to_string(wish.purpose);
  const auto next = with_new_code(code, hash_of_code(settings().pepper, setup.identifier, purpose, digits),
                                  now(), settings());
  // The row says that a message left, never what it said: the code is nowhere but in memory and in the
  // message.
  const outbox_message row{
      ids().make<report_id>(), channel_of(setup.identifier), setup.identifier, "otp", "{}", now(),
      next.expires_at};
  auto entry = new_record();
  entry.add(next).add(row);
  self->request(setup.everybody->journal, caf::infinite, std::move(entry))
      .await(
          [this, next, digits, row, wish, promise](const stored&) mutable {
            code = next;
            requested_at = next.requested_at;
            hand_over(next, digits, wish.wants_app_hash, row);
            promise.deliver(code_requested{masked_identifier(setup.identifier), settings().code_life,
                                           settings().code_request_gap});
          },
          [promise](caf::error&) mutable { promise.deliver(unavailable()); });
}

void sign_in_state::hand_over(const otp_image& image, const std::string& digits, bool wants_app_hash,
                              const outbox_message& row) {
  boost::json::object variables{
      {"otp", digits},
      {"expires_in_minutes", std::chrono::duration_cast<minutes>(settings().code_life).count()}};
  if (wants_app_hash && !settings().app_hash.empty()) variables["app_hash"] = settings().app_hash;
  self->send(setup.identity.outbox,
             outgoing_message{row.id, row.channel, row.recipient, row.template_id,
                              boost::json::serialize(variables), row.created_at, image.expires_at});
}

// -- a code comes back

caf::result<code_verified> sign_in_state::verify(const verify_code& wish) {
  auto promise = self->make_response_promise<code_verified>();
  read_then(promise, [this, wish, promise] { try_code(wish, promise); });
  return promise;
}

void sign_in_state::try_code(const verify_code& wish, caf::typed_response_promise<code_verified> promise) {
  const auto purpose = to_string(wish.purpose);
  const auto verdict = judge_code(code, hash_of_code(settings().pepper, setup.identifier, purpose, wish.code),
                                  now(), settings());
  if (!verdict.next) {
    promise.deliver(*verdict.refusal);
    return;
  }
  auto entry = new_record();
  entry.add(*verdict.next);
  if (verdict.refusal && owner)
    entry.add(audit_about_rider(owner->id, {}, wish.client, "user.login_failed", now(), ids()));
  std::string token_text;
  if (!verdict.refusal) {
    token_text = draw_verification_token(ids().random, settings().pepper, setup.identifier);
    entry.add(verification_token_image{sha256_hex(token_text), setup.identifier, purpose,
                                       wish.client.fingerprint, now() + settings().verification_life, false});
    for (auto& old : tokens) {  // One code, one token: what an earlier code gave is void.
      old.consumed = true;
      entry.add(old);
    }
  }
  self->request(setup.everybody->journal, caf::infinite, std::move(entry))
      .await(
          [this, verdict, token_text, promise](const stored&) mutable {
            code = *verdict.next;
            if (verdict.refusal) {
              if (code.hash.empty())
                log_event(setup.identity.log, log_level::warning, "otp-code-killed",
                          "A code was missed too often.",
                          {{"identifier", masked_identifier(setup.identifier)}});
              promise.deliver(*verdict.refusal);
              return;
            }
            promise.deliver(code_verified{token_text, purpose_for(owner), masked_identifier(setup.identifier),
                                          settings().verification_life});
          },
          [promise](caf::error&) mutable { promise.deliver(unavailable()); });
}

// -- a verified address becomes a session

caf::result<signed_in> sign_in_state::complete(const complete_sign_in& wish) {
  // Only tokens of this address count against it: a stranger who invents some must not lock its owner out.
  if (auto why = refuse_unfit(wish, settings())) return *why;
  if (const auto wait = wait_for_room(completes, now(), one_hour, settings().completes_per_hour)) {
    return refuse(identity_refusal::rate_limit_exceeded,
                  "{\"retry_after_seconds\":" + std::to_string(wait->count()) + "}");
  }
  note_time(completes, now(), one_hour, static_cast<std::size_t>(settings().completes_per_hour));
  auto promise = self->make_response_promise<signed_in>();
  auto work = std::make_shared<completion>(completion{wish, promise, {}, {}, {}, 0});
  read_then(promise, [this, work] { go_on(work); });
  return promise;
}

void sign_in_state::go_on(const std::shared_ptr<completion>& work) {
  auto token = find_verification(tokens, work->wish, now());
  if (auto* why = std::get_if<caf::error>(&token)) {
    work->promise.deliver(std::move(*why));
    return;
  }
  if (auto why = refuse_completion(owner, work->wish)) {
    work->promise.deliver(std::move(*why));
    return;
  }
  work->token = std::move(std::get<verification_token_image>(token));
  work->token.consumed = true;
  if (owner) return log_in(work);
  check_name(work);
}

void sign_in_state::log_in(const std::shared_ptr<completion>& work) {
  const auto user = after_log_in(*owner, now());
  auto entry = new_record();
  entry.add(work->token).add(user);
  open(work, user, false, std::move(entry));
}

void sign_in_state::check_name(const std::shared_ptr<completion>& work) {
  self->request(setup.everybody->reader, caf::infinite, is_username_free{work->wish.username})
      .await(
          [this, work](const username_answer& answer) {
            if (answer.is_free) return look_for_inviter(work);
            work->promise.deliver(refuse(identity_refusal::username_taken));
          },
          [work](caf::error&) { work->promise.deliver(unavailable()); });
}

/// A code that is nobody's is no reason to turn a new rider away: nothing comes of it.
void sign_in_state::look_for_inviter(const std::shared_ptr<completion>& work) {
  if (work->wish.referral_code.empty()) return register_user(work);
  self->request(setup.everybody->reader, caf::infinite, find_referrer{work->wish.referral_code})
      .await(
          [this, work](const referrer_answer& answer) {
            work->inviter = answer.who;
            register_user(work);
          },
          [work](caf::error&) { work->promise.deliver(unavailable()); });
}

void sign_in_state::register_user(const std::shared_ptr<completion>& work) {
  user_image user;
  user.id = ids().make<user_id>();
  user.username = work->wish.username;
  auto& address = kind_of(setup.identifier) == identifier_kind::email ? user.email : user.phone;
  address = setup.identifier;
  user.referral_code = draw_referral_code(ids().random);
  user.created_at = now();
  user.last_login_at = now();
  work->welcome = welcome_message(user, now(), ids());
  auto entry = new_record();
  if (!work->inviter.is_nil()) {
    user.referred_by = work->wish.referral_code;
    entry.add(referral_image{ids().make<referral_id>(), work->inviter, user.id, "PENDING", now(),
                             now() + settings().referral_life});
  }
  entry.add(work->token).add(user).add(*work->welcome);
  if (settings().signup_points > 0) {
    const posting to{ids().make<ledger_journal_id>(), user.id, {}, now()};
    entry.add(points_award_journal(to, points_source::signup, settings().signup_points));
  }
  open(work, user, true, std::move(entry));
}

void sign_in_state::open(const std::shared_ptr<completion>& work, const user_image& user, bool is_new,
                         record entry) {
  const auto session = open_session(user.id, work->wish.client, now(), ids());
  const auto refresh = draw_token_of(session, now(), ids(), settings());
  entry.add(session).add(refresh.image);
  entry.add(audit_by_rider(user.id, session.id, work->wish.client, is_new ? "user.register" : "user.login",
                           now(), ids()));
  self->request(setup.everybody->journal, caf::infinite, std::move(entry))
      .await(
          [this, work, user, is_new, session, refresh](const stored&) {
            auto answer =
                hand_out(user, session.id, refresh.text, now(), ids(), *setup.identity.keys, settings());
            answer.is_new_user = is_new;
            if (is_new && work->welcome) self->send(setup.identity.outbox, to_send(*work->welcome));
            work->promise.deliver(std::move(answer));
          },
          [this, work, is_new](caf::error& why) {
            if (is_new && reason_of<journal_refusal>(why) == journal_refusal::conflict)
              return look_again(work);
            work->promise.deliver(unavailable());
          });
}

/// The database's guard said no: somebody took the name meanwhile, or chance drew a referral code twice.
void sign_in_state::look_again(const std::shared_ptr<completion>& work) {
  if (++work->tries < registration_tries_max) return read_then(work->promise, [this, work] { go_on(work); });
  log_event(setup.identity.log, log_level::error, "registration-conflict",
            "A registration was refused by the database for a reason that looking again does not show.",
            {{"identifier", masked_identifier(setup.identifier)}});
  work->promise.deliver(unavailable());
}

sign_in_actor::behavior_type sign_in(sign_in_actor::stateful_pointer<sign_in_state> self,
                                     sign_in_setup setup) {
  auto& my = self->state;
  my.self = self;
  my.setup = std::move(setup);
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {
      [&my](const request_code& wish) { return my.request(wish); },
      [&my](const verify_code& wish) { return my.verify(wish); },
      [&my](const complete_sign_in& wish) { return my.complete(wish); },
      // Nothing is under way here: while something is, this message waits in the mailbox.
      [self](sleep_atom) { self->quit(); },
  };
}

}  // namespace chautari
