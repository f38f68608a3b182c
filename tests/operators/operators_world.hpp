#pragma once
/// The operators of the real thing, with cheap passwords, twins of journal and reader, a gate that remembers
/// and a door that listens.

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "actors/operators/operators_actor.hpp"
#include "actors/operators/passwords_actor.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/operators/secrets.hpp"
#include "tests/support/deterministic_system.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/memory_reader.hpp"
#include "tests/users/identity_world.hpp"

namespace chautari::testing {

inline constexpr password_cost cheap_password{8, 1, 1};
inline const std::string good_password = "correct horse battery";

/// What the doors would know, and in which order they were told.
struct remembered_doors {
  std::map<session_id, operator_state_change> live;
  std::vector<operator_state_change> told;
  std::vector<operator_changed> heard;
};

inline door_actor::behavior_type operators_listening_door(door_actor::pointer,
                                                          std::shared_ptr<remembered_doors> doors) {
  return {[](const station_view&) {},
          [](const rental_event&) {},
          [](const wallet_event&) {},
          [](const session_revoked&) {},
          [](const stations_announced&) {},
          [](const operator_event&) {},
          [](const command_news&) {},
          [doors](const operator_changed& event) { doors->heard.push_back(event); },
          [](const prices_announced&) {},
          [](const payment_event&) {}};
}

/// Passes on and counts.
inline passwords_actor::behavior_type counted_passwords(passwords_actor::pointer self, passwords_actor real,
                                                        std::shared_ptr<int> comparisons) {
  return {[=](const hash_password& wish) { return self->delegate(real, wish); },
          [=](const check_password& question) {
            ++*comparisons;
            return self->delegate(real, question);
          }};
}

inline operator_settings test_operator_settings() {
  operator_settings settings;
  settings.pepper = "a pepper of at least thirty-two bytes";
  settings.cost = cheap_password;
  return settings;
}

template <class Answer>
std::string refusal_of(const asked<Answer>& place) {
  if (!place.error) return "";
  const auto reason = reason_of<operator_refusal>(*place.error);
  return reason ? to_string(*reason) : "another error";
}

struct operators_world {
  deterministic_system system;
  std::shared_ptr<memory_store> db = std::make_shared<memory_store>();
  std::shared_ptr<remembered_doors> doors = std::make_shared<remembered_doors>();
  std::shared_ptr<int> comparisons = std::make_shared<int>(0);
  std::shared_ptr<const key_ring> keys = test_keys();
  operator_settings settings = test_operator_settings();
  network everybody;
  passwords_actor hasher;
  milliseconds server_ahead{0};  ///< Of the clock of the machine.
  operators_actor desk;

  explicit operators_world(std::uint64_t seed = 1) : system{seed} {
    everybody.journal = system.spawn(memory_journal, db);
    everybody.reader = system.spawn(memory_reader, db);
    everybody.announce_to = {system.spawn(operators_listening_door, doors)};
    everybody.now = system.clock();
    everybody.ids = system.ids();
    const auto real = system.spawn(passwords, passwords_setup{cheap_password, everybody.ids.random});
    hasher = system.spawn(counted_passwords, real, comparisons);
    begin();
  }

  /// As a restart does: a new actor over the same database, and doors that know nobody.
  void begin() {
    *doors = {};
    operators_setup setup;
    setup.settings = settings;
    setup.keys = keys;
    setup.passwords = hasher;
    setup.told_time = [this] { return system.now() - server_ahead; };
    setup.watch = [doors = doors](const operator_state_change& change) {
      doors->told.push_back(change);
      if (change.is_live)
        doors->live[change.session] = change;
      else
        doors->live.erase(change.session);
    };
    const auto fresh = system.spawn(operators, std::move(setup));
    system.tell(fresh, meet_network{everybody});
    system.run();
    system.tell(fresh, adopt_operators{db->recover().operators});
    system.run();
    desk = fresh;
  }

  /// Straight into the database, as `chautari operators create` does.
  operator_image enrol(const std::string& email, operator_role role = operator_role::super_admin) {
    operator_image who;
    who.id = everybody.ids.make<operator_id>();
    who.email = email;
    who.name = email.substr(0, email.find('@'));
    who.role = role;
    who.password_hash = hash_of_password(good_password, cheap_password, everybody.ids.random);
    who.totp_secret = draw_totp_secret(everybody.ids.random);
    who.created_at = system.now();
    db->operators[who.id] = who;
    return who;
  }

  template <class Answer, class Wish>
  asked<Answer> now(Wish wish) {
    auto place = system.ask<Answer>(desk, std::move(wish));
    system.run();
    EXPECT_TRUE(place->is_answered()) << "nobody answered";
    return *place;
  }

  [[nodiscard]] static operator_marks marks() { return {"10.0.0.7", "test", "request-1"}; }
  /// A code that was not used yet: the clock goes on by a step.
  std::string fresh_code(const operator_image& who) {
    pass(seconds{30});
    return totp_at(db->operators.at(who.id).totp_secret, system.now() - server_ahead);
  }
  [[nodiscard]] static std::string another(const std::string& code) {
    return code.substr(0, 5) + (code.back() == '0' ? '1' : '0');
  }

  asked<operator_signed_in> log_in(const std::string& email, const std::string& password,
                                   const std::string& code) {
    return now<operator_signed_in>(log_in_operator{email, password, code, marks()});
  }
  operator_signed_in log_in(const operator_image& who, const std::string& password = good_password) {
    const auto done = log_in(who.email, password, fresh_code(who));
    EXPECT_TRUE(done.answer) << refusal_of(done);
    return done.answer.value_or(operator_signed_in{});
  }
  asked<operator_signed_in> refresh(const std::string& token) {
    return now<operator_signed_in>(refresh_operator{token, marks()});
  }
  asked<operator_kept> change(change_operator wish) { return now<operator_kept>(std::move(wish)); }

  [[nodiscard]] static operator_stamp stamp_of(const operator_signed_in& pair) {
    return {pair.who.id, pair.session.id, "10.0.0.7", "test", "request-2"};
  }
  [[nodiscard]] static change_operator wish_for(const operator_signed_in& by, const operator_image& whom) {
    change_operator wish;
    wish.stamp = stamp_of(by);
    wish.id = whom.id;
    return wish;
  }
  [[nodiscard]] std::vector<std::string> actions() const {
    std::vector<std::string> all;
    for (const auto& entry : db->audit_log)
      all.push_back(entry.action);
    return all;
  }
  void pass(milliseconds time) { system.advance(time, time); }
};

}  // namespace chautari::testing
