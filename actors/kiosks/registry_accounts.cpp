/// Accounts at the broker: who gets one, who loses it, and what operators decide.
#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <utility>
#include <variant>

#include "actors/kiosks/registry_actor.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/operations/feed.hpp"

namespace chautari {
namespace {

/// Hex of 128 random bits: no comma, which separates the fields of the cabinet's answer.
std::string make_password(const random_source& random) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (int half = 0; half < 2; ++half) {
    auto bits = random();
    for (int at = 0; at < 16; ++at, bits >>= 4U)
      text += digits[bits & 0xFU];
  }
  return text;
}

}  // namespace

caf::typed_response_promise<broker_login> registry_state::connect(const connect_cabinet& call) {
  auto promise = self->make_response_promise<broker_login>();
  const auto fail = failing_of(promise);
  if_ours({call.cabinet, transport::http, call.address, call.sim, call.hardware}, fail, [=, this] {
    with_file(call.cabinet, fail, [=, this](const registry_entry*) { issue(call, promise); });
  });
  return promise;
}

void registry_state::issue(const connect_cabinet& call, caf::typed_response_promise<broker_login> promise) {
  const auto fail = failing_of(promise);
  const auto now = world->now();
  auto& file = file_of(call.cabinet);
  if (file.is_changing) return fail(refuse(registry_refusal::duplicate_call));
  const auto decided = decide_connect(file.account, call, now);
  if (const auto* why = std::get_if<registry_refusal>(&decided)) {
    refuse_connect(call, *why);
    return fail(refuse(*why));
  }
  // Only what would be given counts: whoever guesses at SIMs does not shut the cabinet itself out.
  if (const auto wait = file.connects.take(limits::cabinet_connects_an_hour_max, now)) {
    refuse_connect(call, registry_refusal::call_too_often);
    return fail(refuse(registry_refusal::call_too_often, pause_of(*wait)));
  }
  const auto account = std::get<broker_account_image>(decided);
  file.is_changing = true;
  record entry{world->ids.make<record_id>(), now, {}};
  entry.add(account).add(registry_line(call.cabinet, now, "account-issued",
                                       {{"issues", account.issues},
                                        {"address", call.address},
                                        {"sim", call.sim},
                                        {"hardware", call.hardware}}));
  put(
      std::move(entry),
      [=, this](const caf::error& why) {
        file_of(call.cabinet).is_changing = false;
        fail(why);
      },
      [=, this] {
        file_of(call.cabinet).account = account;
        hand_over(account, promise);
      });
}

/// The record says that it gets one; should the broker not, the cabinet calls again.
void registry_state::hand_over(const broker_account_image& account,
                               caf::typed_response_promise<broker_login> promise) {
  const auto cabinet = account.cabinet;
  auto password = make_password(world->ids.random);
  self->request(accounts, caf::infinite, open_account{cabinet, password})
      .then(
          [=, this](const account_changed&) mutable {
            file_of(cabinet).is_changing = false;
            log_event(world->log, log_level::info, "account-issued", "A cabinet got its login at the broker.",
                      {{"imei", cabinet.value}});
            promise.deliver(broker_login{cabinet.value, account.username, password});
          },
          [=, this](const caf::error&) mutable {
            auto& file = file_of(cabinet);
            file.is_changing = false;
            file.connects.give_back();  // Ours to blame: after a power cut a whole town calls at once.
            promise.deliver(refuse(registry_refusal::broker_unavailable));
          });
}

/// Somebody with another SIM, or too often.
void registry_state::refuse_connect(const connect_cabinet& call, registry_refusal why) {
  log_event(world->log, log_level::warning, "account-refused",
            "Somebody who says to be this cabinet got no login.",
            {{"imei", call.cabinet.value}, {"address", call.address}, {"why", to_string(why)}});
  if (may_alarm(call.cabinet))
    tell_operators(self, *world, "cabinet.unknown", feed_severity::alarm, {},
                   {{"imei", call.cabinet.value}, {"reason", to_string(why)}});
}

// -- operators
// ------------------------------------------------------------------------------------------

caf::typed_response_promise<stranger_image> registry_state::judge(const judge_stranger& wish) {
  auto promise = self->make_response_promise<stranger_image>();
  const auto fail = failing_of(promise);
  with_file(wish.cabinet, fail, [=, this](const registry_entry*) mutable {
    auto& file = file_of(wish.cabinet);
    if (!file.stranger) return fail(refuse(registry_refusal::unknown_cabinet));
    const auto now = world->now();
    auto after = *file.stranger;
    after.state = wish.state;
    after.notes = wish.notes;
    record entry{world->ids.make<record_id>(), now, {}};
    const bool is_approved = wish.state == stranger_state::approved;
    auto said = audit_by(wish.by, world->ids.make<audit_id>(), now,
                         is_approved ? "cabinet.approve" : "cabinet.reject", "cabinet", wish.cabinet.value);
    said.reason = wish.notes;
    said.before = boost::json::serialize(boost::json::object{{"status", to_string(file.stranger->state)}});
    said.after = boost::json::serialize(boost::json::object{{"status", to_string(after.state)}});
    entry.add(after).add(std::move(said));
    std::optional<broker_account_image> account = file.account;
    if (is_approved) {
      account = provisioned(file.account, wish.cabinet, now + limits::provisioning_lasts);
      entry.add(*account);
    }
    put(std::move(entry), fail, [=, this]() mutable {
      auto& judged = file_of(wish.cabinet);
      judged.stranger = after;
      judged.account = account;
      promise.deliver(after);
    });
  });
  return promise;
}

caf::typed_response_promise<broker_account_view> registry_state::look(
    const look_at_broker_account& question) {
  auto promise = self->make_response_promise<broker_account_view>();
  with_file(question.cabinet, failing_of(promise), [=, this](const registry_entry*) mutable {
    promise.deliver(broker_account_view{file_of(question.cabinet).account});
  });
  return promise;
}

/// What ends a login is done at the broker first: an answer that says so must be true, and a crash in between
/// leaves the cabinet outside, where it can come back from.
caf::typed_response_promise<broker_account_view> registry_state::change(const change_broker_account& wish) {
  auto promise = self->make_response_promise<broker_account_view>();
  const auto fail = failing_of(promise);
  with_file(wish.cabinet, fail, [=, this](const registry_entry*) {
    auto& file = file_of(wish.cabinet);
    const auto now = world->now();
    if (file.is_changing) return fail(refuse(registry_refusal::duplicate_call));
    if (wish.action == broker_account_action::provision) {
      file.is_changing = true;
      return put_account(wish, provisioned(file.account, wish.cabinet, now + limits::provisioning_lasts),
                         promise);
    }
    const bool is_rotation = wish.action == broker_account_action::rotate;
    const bool has_login = file.account && file.account->issues > 0 && !file.account->revoked_at;
    if (is_rotation && !has_login) return fail(refuse(registry_refusal::not_provisioned));
    file.is_changing = true;
    const auto done = [=, this](const account_changed&) {
      const auto& before = file_of(wish.cabinet).account;
      put_account(wish, is_rotation ? *before : revoked(before, wish.cabinet, world->now()), promise);
    };
    const auto failed = [=, this](const caf::error&) {
      file_of(wish.cabinet).is_changing = false;
      fail(refuse(registry_refusal::broker_unavailable));
    };
    if (is_rotation) {  // A password that nobody is told.
      self->request(accounts, caf::infinite, open_account{wish.cabinet, make_password(world->ids.random)})
          .then(done, failed);
    } else {
      self->request(accounts, caf::infinite, close_account{wish.cabinet}).then(done, failed);
    }
  });
  return promise;
}

void registry_state::put_account(const change_broker_account& wish, const broker_account_image& after,
                                 caf::typed_response_promise<broker_account_view> promise) {
  constexpr std::array<std::string_view, 3> words{"provision", "rotate", "revoke"};
  const std::string action{words.at(static_cast<std::size_t>(wish.action))};
  const auto now = world->now();
  record entry{world->ids.make<record_id>(), now, {}};
  auto said = audit_by(wish.by, world->ids.make<audit_id>(), now, "broker_account." + action, "cabinet",
                       wish.cabinet.value);
  said.reason = wish.reason;
  entry.add(after).add(registry_line(wish.cabinet, now, "account-" + action, {{"reason", wish.reason}}));
  entry.add(std::move(said));
  put(
      std::move(entry),
      [=, this](const caf::error& why) mutable {
        file_of(wish.cabinet).is_changing = false;
        promise.deliver(why);
      },
      [=, this]() mutable {
        auto& file = file_of(wish.cabinet);
        file.is_changing = false;
        file.account = after;
        tell_operators(self, *world, "operator.action", feed_severity::info, {},
                       {{"action", "broker_account." + action}, {"imei", wish.cabinet.value}});
        promise.deliver(broker_account_view{after});
      });
}

}  // namespace chautari
