#pragma once
/// Sign-in, sessions and outbox of the real thing, with twins of journal and reader, a provider that
/// remembers, and a door that listens.

#include <gtest/gtest.h>
#include <algorithm>

#include <unistd.h>
#include <boost/json/parse.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "actors/timers/timers_actor.hpp"
#include "actors/users/outbox_actor.hpp"
#include "actors/users/postman_actor.hpp"
#include "actors/users/sessions_actor.hpp"
#include "actors/users/sign_ins_actor.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/users/secrets.hpp"
#include "tests/support/deterministic_system.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/memory_reader.hpp"

namespace chautari::testing {

/// A folder that is gone with the object.
struct temporary_folder {
  std::filesystem::path path;

  temporary_folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "chautari-test-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  temporary_folder(const temporary_folder&) = delete;
  temporary_folder& operator=(const temporary_folder&) = delete;
};

/// One fresh key ring for the whole program.
inline std::shared_ptr<const key_ring> test_keys() {
  static const auto keys = [] {
    const temporary_folder folder;
    std::string why;
    EXPECT_TRUE(key_ring::generate(folder.path, from_ms(1'767'225'600'000), why)) << why;
    auto loaded = key_ring::load(folder.path, why);
    EXPECT_TRUE(loaded) << why;
    return loaded;
  }();
  return keys;
}

struct remembering_provider : message_provider {
  std::vector<outgoing_message> sent;
  std::vector<outgoing_message> tried;
  delivery_report answer;

  [[nodiscard]] std::string_view name() const override { return "remembering"; }
  [[nodiscard]] delivery_report send(const outgoing_message& message) override {
    tried.push_back(message);
    if (answer.outcome == delivery_outcome::sent) sent.push_back(message);
    return answer;
  }
};

inline door_actor::behavior_type listening_door(door_actor::pointer,
                                                std::shared_ptr<std::vector<session_revoked>> heard) {
  return {
      [](const station_view&) {},       [](const rental_event&) {},
      [](const wallet_event&) {},       [heard](const session_revoked& event) { heard->push_back(event); },
      [](const stations_announced&) {}, [](const operator_event&) {},
      [](const command_news&) {},       [](const operator_changed&) {},
      [](const prices_announced&) {},   [](const payment_event&) {}};
}

inline identity_settings test_settings() {
  identity_settings settings;
  settings.pepper = "a pepper of at least thirty-two bytes";
  return settings;
}

struct identity_world {
  deterministic_system system;
  std::shared_ptr<memory_store> db = std::make_shared<memory_store>();
  std::shared_ptr<remembering_provider> provider = std::make_shared<remembering_provider>();
  std::shared_ptr<std::vector<session_revoked>> heard = std::make_shared<std::vector<session_revoked>>();
  std::shared_ptr<std::vector<log_entry>> logged = std::make_shared<std::vector<log_entry>>();
  std::shared_ptr<const key_ring> keys = test_keys();
  identity_settings settings;
  network everybody;
  outbox_actor mail;
  sign_ins_actor sign_in_desk;
  sessions_actor session_desk;

  explicit identity_world(std::uint64_t seed = 1, identity_settings wanted = test_settings(),
                          std::size_t awake_max = 1'000)
      : system{seed}, settings{wanted} {
    everybody.timers = system.spawn(timers, system.clock());
    everybody.journal = system.spawn(memory_journal, db);
    everybody.reader = system.spawn(memory_reader, db);
    everybody.announce_to = {system.spawn(listening_door, heard)};
    everybody.now = system.clock();
    everybody.ids = system.ids();
    const log_sink sink = [log = logged](log_entry entry) { log->push_back(std::move(entry)); };
    const auto carrier = system.spawn(postman, std::shared_ptr<message_provider>{provider});
    mail = system.spawn(
        outbox, outbox_setup{everybody.timers, system.clock(), {carrier}, settings.sms_per_day, sink});
    begin(awake_max, sink);
  }

  /// As a restart does: new directories over the same database.
  void begin(std::size_t awake_max = 1'000, log_sink sink = {}) {
    const identity_setup setup{std::make_shared<const identity_settings>(settings),
                               keys,
                               mail,
                               std::move(sink),
                               awake_max,
                               awake_max};
    const auto desk = system.spawn(sign_ins, setup);
    const auto other = system.spawn(sessions, setup);
    system.tell(desk, meet_network{everybody});
    system.tell(other, meet_network{everybody});
    sign_in_desk = desk;
    session_desk = other;
    system.run();
  }

  template <class Answer, class Handle, class Wish>
  asked<Answer> now(const Handle& whom, Wish wish) {
    auto place = system.ask<Answer>(whom, std::move(wish));
    system.run();
    EXPECT_TRUE(place->is_answered()) << "nobody answered";
    return *place;
  }

  auto request(const std::string& who) { return now<code_requested>(sign_in_desk, request_code{who}); }
  auto verify(const std::string& who, const std::string& code) {
    return now<code_verified>(sign_in_desk, verify_code{who, code_purpose::auth, code, marks()});
  }
  auto complete(complete_sign_in wish) { return now<signed_in>(sign_in_desk, std::move(wish)); }
  auto refresh(const std::string& token) { return now<signed_in>(session_desk, wish_to_refresh(token)); }

  [[nodiscard]] static refresh_session wish_to_refresh(const std::string& token) {
    return {session_of_refresh_token(token).value_or(session_id{}), sha256_hex(token), marks()};
  }
  [[nodiscard]] static client_marks marks() { return {"10.0.0.1", "test", sha256_hex("test")}; }
  [[nodiscard]] static complete_sign_in wish_to_complete(const std::string& who, const std::string& token,
                                                         const std::string& username) {
    return {who, token, username, {}, {}, marks()};
  }

  /// The code of the last message that was sent to this address; empty if none was.
  [[nodiscard]] std::string code_of(const std::string& who) const {
    for (auto message = provider->sent.rbegin(); message != provider->sent.rend(); ++message) {
      if (message->recipient == who && message->template_id == "otp")
        return std::string{boost::json::parse(message->variables).at("otp").as_string()};
    }
    return {};
  }
  /// How many messages of this template this address was sent.
  [[nodiscard]] std::size_t messages_to(const std::string& who, const std::string& template_id) const {
    return static_cast<std::size_t>(
        std::count_if(provider->sent.begin(), provider->sent.end(), [&](const outgoing_message& message) {
          return message.recipient == who && message.template_id == template_id;
        }));
  }
  [[nodiscard]] static std::string another(const std::string& code) {
    return code == "000000" ? "000001" : "000000";
  }

  /// A verified address, ready to be completed.
  std::string token_for(const std::string& who) {
    EXPECT_TRUE(request(who).answer) << "no code was sent";
    const auto verified = verify(who, code_of(who));
    EXPECT_TRUE(verified.answer) << "the code was not taken";
    return verified.answer ? verified.answer->verification_token : "";
  }
  signed_in sign_in_as(const std::string& who, const std::string& username = {}) {
    const auto done = complete(wish_to_complete(who, token_for(who), username));
    EXPECT_TRUE(done.answer) << "the sign-in was not completed";
    return done.answer.value_or(signed_in{});
  }
  void pass(milliseconds time) { system.advance(time, std::max<milliseconds>(milliseconds{250}, time / 50)); }
};

template <class Answer>
std::string why(const asked<Answer>& place) {
  if (!place.error) return "";
  const auto reason = reason_of<identity_refusal>(*place.error);
  return reason ? to_string(*reason) : "another error";
}

}  // namespace chautari::testing
