#include "actors/kiosks/broker_accounts_actor.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>
#include <vector>

#include "protocols/base/check.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/mqtt/account_words.hpp"

namespace chautari {
namespace {

std::string words_of(const broker_accounts_state::change& what, std::string_view tag) {
  switch (what.now_to) {
    case broker_accounts_state::step::open:
      return words_to_open(what.cabinet, what.password, tag);
    case broker_accounts_state::step::make:
      return words_to_make(what.cabinet, what.password, tag);
    case broker_accounts_state::step::close:
      break;
  }
  return words_to_close(what.cabinet, tag);
}

}  // namespace

caf::typed_response_promise<account_changed> broker_accounts_state::begin(step first, const imei& cabinet,
                                                                          std::string password) {
  change what{first, cabinet, std::move(password), self->make_response_promise<account_changed>(), 0, {}};
  auto promise = what.promise;
  if (changes.size() >= limits::account_changes_max) {
    fail(what, account_change_refusal::overloaded);
  } else {
    say(std::move(what));
  }
  return promise;
}

/// Under a fresh tag each time: an answer to what was asked before must not pass for one to this.
void broker_accounts_state::say(change what) {
  const auto tag = setup.ids.make<command_id>().text();
  if (const auto why = setup.say(words_of(what, tag))) {
    const bool is_full = *why == broker_refusal::buffer_full;
    return fail(what, is_full ? account_change_refusal::overloaded : account_change_refusal::disconnected);
  }
  ++what.tries;
  what.due_at = setup.ids.now() + limits::account_answer_within;
  changes.insert_or_assign(tag, std::move(what));
  arm();
}

void broker_accounts_state::fail(change& what, account_change_refusal why, const std::string& words) {
  log_event(setup.log, log_level::error, "broker-account-unchanged",
            "The broker did not change a cabinet's account.",
            {{"imei", what.cabinet.value}, {"why", std::to_string(static_cast<int>(why))}, {"error", words}});
  std::string context;
  if (!words.empty()) context = boost::json::serialize(boost::json::object{{"error", words}});
  what.promise.deliver(refuse(why, std::move(context)));
}

void broker_accounts_state::go_on(change what, step next) {
  what.now_to = next;
  what.tries = 0;
  say(std::move(what));
}

void broker_accounts_state::take(const accounts_answer& answer) {
  for (const auto& reply : parse_account_replies(answer.text)) {
    auto asked = changes.extract(reply.tag);
    if (asked.empty()) continue;  // Late: it was asked again, or given up.
    auto& what = asked.mapped();
    const bool is_new = what.now_to == step::open && reply.outcome == account_outcome::not_found;
    const bool never_was = what.now_to == step::close && reply.outcome == account_outcome::not_found;
    const bool was_made_already = what.now_to == step::make && reply.outcome == account_outcome::exists;
    if (reply.outcome == account_outcome::done || never_was) {
      what.promise.deliver(account_changed{what.cabinet});
    } else if (is_new) {
      go_on(std::move(what), step::make);
    } else if (was_made_already) {  // By a try whose answer was lost.
      go_on(std::move(what), step::open);
    } else {
      fail(what, account_change_refusal::refused, reply.error);
    }
  }
}

void broker_accounts_state::arm() {
  if (changes.empty()) return;
  const auto first = std::min_element(changes.begin(), changes.end(), [](const auto& one, const auto& other) {
    return one.second.due_at < other.second.due_at;
  });
  self->send(setup.timers,
             arm_timer{caf::actor_cast<timed_actor>(self), 0, ++revision, first->second.due_at});
}

void broker_accounts_state::look(const timer_fired& timer) {
  if (timer.revision != revision) return;
  const auto now = setup.ids.now();
  std::vector<change> late;
  for (auto each = changes.begin(); each != changes.end();) {
    if (each->second.due_at <= now) {
      late.push_back(std::move(each->second));
      each = changes.erase(each);
    } else {
      ++each;
    }
  }
  for (auto& what : late) {
    if (what.tries < limits::account_tries_max) {
      say(std::move(what));
    } else {
      fail(what, account_change_refusal::unanswered);
    }
  }
  arm();
}

broker_accounts_actor::behavior_type broker_accounts(
    broker_accounts_actor::stateful_pointer<broker_accounts_state> self, broker_accounts_setup setup) {
  CHECK(setup.say && setup.ids.now && setup.ids.random);
  auto& state = self->state;
  state.self = self;
  state.setup = std::move(setup);
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  using step = broker_accounts_state::step;
  return {[&state](const open_account& wish) { return state.begin(step::open, wish.cabinet, wish.password); },
          [&state](const close_account& wish) { return state.begin(step::close, wish.cabinet, {}); },
          [&state](const accounts_answer& answer) { state.take(answer); },
          [&state](const timer_fired& timer) { state.look(timer); }};
}

}  // namespace chautari
