#include "actors/accounts/accounts_directory.hpp"

namespace chautari {
namespace {

/// More than one life of an account can use up: so revisions rise from life to life too, and what a door
/// remembers by one of them is never taken for that of another.
constexpr std::uint64_t revisions_of_a_life = std::uint64_t{1} << 32;

}  // namespace

accounts_state::~accounts_state() {
  for (const auto& [rider, one] : awake)
    caf::anon_send_exit(one.account, caf::exit_reason::user_shutdown);
}

accounts_state::place& accounts_state::find_or_wake(user_id rider) {
  const auto found = awake.find(rider);
  if (found != awake.end()) {
    by_age.splice(by_age.begin(), by_age, found->second.age);
    return found->second;
  }
  make_room();
  by_age.push_front(rider);
  auto account_handle =
      self->spawn(account, account_setup{everybody, rider, setup.terms, ++wakings * revisions_of_a_life});
  self->monitor(account_handle);
  return awake.emplace(rider, place{std::move(account_handle), by_age.begin(), false, {}}).first->second;
}

void accounts_state::make_room() {
  if (awake.size() < setup.awake_max) return;
  // The oldest that is not on its way already.
  for (auto oldest = by_age.rbegin(); oldest != by_age.rend(); ++oldest) {
    place& candidate = awake.at(*oldest);
    if (candidate.is_going) continue;
    candidate.is_going = true;
    const user_id rider = *oldest;
    self->request(candidate.account, caf::infinite, sleep_atom::value)
        .then([this, rider] { gone(rider); },
              [this, rider](const caf::error& why) {
                // Anything but "busy" means that it died before it could answer.
                if (why.category() == caf::atom("account"))
                  stays(rider);
                else
                  gone(rider);
              });
    return;
  }
}

void accounts_state::gone(user_id rider) {
  const auto found = awake.find(rider);
  if (found == awake.end()) return;
  auto waiting = std::move(found->second.waiting);
  by_age.erase(found->second.age);
  awake.erase(found);
  if (waiting.empty()) return;
  const account_actor successor = find_or_wake(rider).account;
  for (auto& say : waiting)
    say(successor);
}

void accounts_state::stays(user_id rider) {
  place& kept = awake.at(rider);
  kept.is_going = false;
  by_age.splice(by_age.begin(), by_age, kept.age);
  for (auto& say : std::exchange(kept.waiting, {}))
    say(kept.account);
}

template <class Answer, class Command>
caf::result<Answer> accounts_state::pass_on(const Command& command) {
  if (!everybody) return caf::skip;
  place& found = find_or_wake(command.rider);
  auto promise = self->template make_response_promise<Answer>();
  if (found.is_going) {
    found.waiting.emplace_back([promise, command](const account_actor& whom) mutable {
      promise.delegate(whom, std::move(command));
    });
  } else {
    promise.delegate(found.account, command);
  }
  return promise;
}

accounts_directory_actor::behavior_type accounts_directory(
    accounts_directory_actor::stateful_pointer<accounts_state> self, accounts_setup setup) {
  accounts_state& my = self->state;
  my.self = self;
  my.setup = setup;
  self->set_error_handler([](caf::error&) {});  // A refusal nobody waits for must not end the directory.
  // An account that crashed is forgotten; the next message wakes it from the database.
  self->set_down_handler([&my](const caf::down_msg& down) {
    for (auto one = my.awake.begin(); down.reason != caf::exit_reason::normal && one != my.awake.end();
         ++one) {
      if (one->second.account.address() != down.source || one->second.is_going) continue;
      my.by_age.erase(one->second.age);
      my.awake.erase(one);
      return;
    }
  });
  return {
      [&my](const admit_rental& wish) { return my.pass_on<admission>(wish); },
      [&my](const admit_command& wish) { return my.pass_on<admission>(wish); },
      [&my](const hold_funds& wish) { return my.pass_on<funds_held>(wish); },
      [&my](const funds_moved& moved) -> caf::result<void> { return my.pass_on<void>(moved); },
      [&my](const rental_place& place) { return my.pass_on<void>(place); },
      [&my](const credit_wallet& wish) { return my.pass_on<wallet_credited>(wish); },
      [&my](const look_at_wallet& wish) { return my.pass_on<wallet_view>(wish); },
      [&my](const set_favourite& wish) { return my.pass_on<favourites_view>(wish); },
      [&my](const look_at_favourites& wish) { return my.pass_on<favourites_view>(wish); },
      [](sleep_atom) {},
      [&my](const meet_network& meeting) {
        my.everybody = std::make_shared<const network>(meeting.everybody);
      },
  };
}

}  // namespace chautari
