#include "actors/accounts/account_actor.hpp"

#include <algorithm>

#include "actors/accounts/ledger_postings.hpp"
#include "actors/lean_behavior.hpp"
#include "protocols/accounts/views.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

// -- waking
// ------------------------------------------------------------------------------------------

void account_state::wake() {
  const timestamp now = setup.everybody->now();
  self->request(setup.everybody->reader, caf::infinite, load_account{setup.rider, now})
      .await(
          [this](account_facts& facts) {
            memory = remember(std::move(facts), setup.everybody->now(), setup.first_revision);
          },
          [this](caf::error& why) {
            const bool is_unknown = reason_of<reader_refusal>(why) == reader_refusal::not_found;
            asleep_because =
                is_unknown ? caf::make_error(account_refusal::account_not_found) : std::move(why);
            asleep_until = setup.everybody->now() + limits::account_wake_retry;
          });
}

template <class Answer, class Act>
caf::result<Answer> account_state::if_awake(Act act) {
  if (memory) return act();
  if (setup.everybody->now() < asleep_until) return asleep_because;
  wake();
  return caf::skip;
}

// -- renting
// ------------------------------------------------------------------------------------------

template <class Fresh>
caf::result<admission> account_state::replay_or(command_id command, std::uint64_t body_hash, Fresh fresh) {
  const auto* known = find_answer(*memory, command, setup.everybody->now());
  if (known != nullptr && is_whole(*known)) return replay(*known, body_hash);
  if (known == nullptr && memory->remembers_all_answers) return fresh();
  auto promise = self->make_response_promise<admission>();
  self->request(setup.everybody->reader, caf::infinite, find_stored_answer{command})
      .await(
          [this, promise, body_hash, fresh](const stored_answer_lookup& found) mutable {
            const bool is_live =
                found.answer && found.answer->created_at + answer_life > setup.everybody->now();
            auto answer = is_live ? caf::result<admission>{replay(*found.answer, body_hash)} : fresh();
            if (answer.flag == caf::rt_error)
              promise.deliver(answer.err);
            else
              promise.deliver(answer.value.template get_as<admission>(0));
          },
          [promise](caf::error& why) mutable { promise.deliver(why); });
  return promise;
}

caf::result<admission> account_state::admit(const admit_rental& wish) {
  return replay_or(wish.command, wish.body_hash, [this, wish] { return admit_new(wish); });
}

caf::result<admission> account_state::admit(const admit_command& wish) {
  return replay_or(wish.command, wish.body_hash, [this]() -> caf::result<admission> {
    return admission{memory->facts.user.username, 0, {}};
  });
}

caf::result<admission> account_state::admit_new(const admit_rental& wish) {
  if (auto why = refuse_start(*memory, wish)) return *why;
  memory->running = running_start{wish.command, wish.body_hash, wish.rental};
  return admission{memory->facts.user.username, 0, {}};
}

caf::result<funds_held> account_state::hold(const hold_funds& wish) {
  purse free = memory->spendable();
  // A repeated wish replaces the first: nothing was stored between them.
  if (const auto own = memory->holds.find(wish.rental); own != memory->holds.end()) {
    free.cash += own->second.wallet_cash;
    free.goodwill += own->second.wallet_goodwill;
    free.points += own->second.points_used;
  }
  hold_funds rest = wish;
  const money from_held = std::min(wish.from_held, wish.amount);
  rest.amount -= from_held;
  auto split = split_payment(free, rest);
  if (!split) return split.error();
  memory->holds[wish.rental] = *split;
  const bool may_award =
      may_award_timely_bonus(*memory, setup.everybody->now(), setup.terms.punctuality_awards_per_day_max);
  return funds_held{*split, may_award, from_held};
}

void account_state::move(const funds_moved& moved) {
  if (memory && apply(*memory, moved, setup.everybody->now())) announce();
}

void account_state::place(const rental_place& place) { apply(*memory, place); }

// -- money from outside
// ------------------------------------------------------------------------------------------

caf::result<wallet_credited> account_state::credit(const credit_wallet& command) {
  if (!command.with.empty()) {
    auto answered = self->make_response_promise<wallet_credited>();
    credit_new(command, answered);
    return answered;
  }
  const std::int64_t paisa = command.amount.paisa;
  if (paisa < limits::credit_paisa_min || paisa > limits::credit_paisa_max)
    return caf::make_error(account_refusal::amount_out_of_range);
  auto promise = self->make_response_promise<wallet_credited>();
  auto repeat = [promise, hash = command.body_hash](const stored_answer& known) mutable -> void {
    auto again = replay(known, hash);
    if (again)
      promise.deliver(wallet_credited{{}, again->replayed_status, again->replayed_data});
    else
      promise.deliver(std::move(again.error()));
  };
  const auto* known = find_answer(*memory, command.id, setup.everybody->now());
  if (known != nullptr && is_whole(*known)) {
    repeat(*known);
  } else if (known == nullptr && memory->remembers_all_answers) {
    credit_new(command, promise);
  } else {
    self->request(setup.everybody->reader, caf::infinite, find_stored_answer{command.id})
        .await(
            [this, command, promise, repeat](const stored_answer_lookup& found) mutable {
              const bool is_live =
                  found.answer && found.answer->created_at + answer_life > setup.everybody->now();
              is_live ? repeat(*found.answer) : credit_new(command, promise);
            },
            [promise](caf::error& why) mutable { promise.deliver(why); });
  }
  return promise;
}

void account_state::credit_new(const credit_wallet& command,
                               caf::typed_response_promise<wallet_credited> promise) {
  const network& everybody = *setup.everybody;
  const timestamp now = everybody.now();
  record entry{everybody.ids.make<record_id>(), now, {}};
  const posting to{everybody.ids.make<ledger_journal_id>(), setup.rider, {}, now};
  entry.add(command.is_from_suspense
                ? suspense_journal(to, suspense_step::to_wallet, command.provider, command.provider_ref,
                                   command.amount)
                : topup_journal(to, command.provider, command.provider_ref, command.amount));
  transaction_image shown;
  shown.id = everybody.ids.make<transaction_id>();
  shown.code = "TXN" + everybody.ids.make_code(12);
  shown.rider = setup.rider;
  shown.kind = transaction_kind::topup;
  shown.method = payment_method::gateway;
  shown.amount = command.amount;
  shown.journal = to.id;
  shown.created_at = now;
  entry.add(std::move(shown));
  // In the same record: whoever asks again is told the same, with the money or not at all.
  std::optional<stored_answer> answer;
  if (command.with.empty()) {
    answer = {command.id,
              setup.rider,
              "POST /api/payments/wallet/demo-credit",
              command.body_hash,
              201,
              wallet_event_json(credited(wallet_of(*memory), command.amount, now)),
              now};
    entry.add(*answer);
  }
  entry.parts.insert(entry.parts.end(), command.with.begin(), command.with.end());
  self->request(everybody.journal, caf::infinite, std::move(entry))
      .await(
          [this, promise, amount = command.amount, answer, now](const stored&) mutable {
            apply_credit(*memory, amount, std::move(answer), now);
            announce();
            promise.deliver(wallet_credited{wallet_of(*memory), 0, {}});
          },
          [promise](caf::error& why) mutable {
            // The journal's one guard here is the payment's own key.
            const bool is_repeat = reason_of<journal_refusal>(why) == journal_refusal::conflict;
            promise.deliver(is_repeat ? caf::make_error(account_refusal::already_credited) : why);
          });
}

// -- favourites
// ------------------------------------------------------------------------------------------

caf::result<favourites_view> account_state::favourites() const {
  return favourites_view{memory->facts.favourites};
}

caf::result<favourites_view> account_state::change_favourite(const set_favourite& wish) {
  auto& stations = memory->facts.favourites;
  const auto found = std::find(stations.begin(), stations.end(), wish.station);
  const bool is_now = found != stations.end();
  const bool shall_be = wish.toggle ? !is_now : wish.is_favourite;
  if (is_now == shall_be) return favourites();
  if (shall_be && stations.size() >= limits::favourites_max)
    return caf::make_error(account_refusal::too_many_favourites);
  const network& everybody = *setup.everybody;
  record entry{everybody.ids.make<record_id>(), everybody.now(), {}};
  entry.add(favourite_image{setup.rider, wish.station, shall_be, everybody.now()});
  auto promise = self->make_response_promise<favourites_view>();
  self->request(everybody.journal, caf::infinite, std::move(entry))
      .await(
          [this, promise, station = wish.station, shall_be](const stored&) mutable {
            auto& known = memory->facts.favourites;
            if (shall_be)
              known.insert(known.begin(), station);
            else
              known.erase(std::remove(known.begin(), known.end(), station), known.end());
            promise.deliver(favourites_view{known});
          },
          [promise](caf::error& why) mutable { promise.deliver(why); });
  return promise;
}

// -- the rest
// ------------------------------------------------------------------------------------------

caf::result<void> account_state::fall_asleep() {
  if (memory && memory->is_busy()) return caf::make_error(account_refusal::account_busy);
  self->quit();
  return caf::unit;
}

void account_state::announce() const {
  const wallet_event event{wallet_of(*memory), setup.everybody->now()};
  for (const auto& door : setup.everybody->announce_to)
    self->send(door, event);
}

account_actor::behavior_type account(account_actor::stateful_pointer<account_state> self,
                                     account_setup setup) {
  account_state& my = self->state;
  my.self = self;
  my.setup = std::move(setup);
  my.wake();
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return lean_behavior<account_actor>(my, [](account_state& living) {
    return std::tuple{
        [&living](const admit_rental& wish) {
          return living.if_awake<admission>([&] { return living.admit(wish); });
        },
        [&living](const admit_command& wish) {
          return living.if_awake<admission>([&] { return living.admit(wish); });
        },
        [&living](const hold_funds& wish) {
          return living.if_awake<funds_held>([&] { return living.hold(wish); });
        },
        [&living](const funds_moved& moved) { living.move(moved); },
        [&living](const rental_place& place) {
          return living.if_awake<void>([&]() -> caf::result<void> { return living.place(place), caf::unit; });
        },
        [&living](const credit_wallet& wish) {
          return living.if_awake<wallet_credited>([&] { return living.credit(wish); });
        },
        [&living](const look_at_wallet&) {
          return living.if_awake<wallet_view>(
              [&]() -> caf::result<wallet_view> { return wallet_of(*living.memory); });
        },
        [&living](const set_favourite& wish) {
          return living.if_awake<favourites_view>([&] { return living.change_favourite(wish); });
        },
        [&living](const look_at_favourites&) {
          return living.if_awake<favourites_view>([&] { return living.favourites(); });
        },
        [&living](sleep_atom) { return living.fall_asleep(); }};
  });
}

}  // namespace chautari
