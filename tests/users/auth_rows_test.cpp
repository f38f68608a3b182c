/// The rows of /api/auth through a real door: sockets in front, twins of journal and reader behind.

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <condition_variable>
#include <mutex>

#include "http/server/desk.hpp"
#include "http/server/door.hpp"
#include "http/users/token_gate.hpp"
#include "http/users/users_door.hpp"
#include "tests/support/rider_client.hpp"
#include "tests/users/identity_world.hpp"

namespace chautari::testing {
namespace {

const std::string mail = "sita@example.com";

/// Hands a code to whoever waits for it, on another thread.
struct waiting_provider : message_provider {
  std::mutex guard;
  std::condition_variable arrived;
  std::map<std::string, std::string> codes;

  [[nodiscard]] std::string_view name() const override { return "waiting"; }
  [[nodiscard]] delivery_report send(const outgoing_message& message) override {
    if (message.template_id != "otp") return {};
    const std::lock_guard hold{guard};
    codes[message.recipient] = std::string{boost::json::parse(message.variables).at("otp").as_string()};
    arrived.notify_all();
    return {};
  }
  std::string take(const std::string& who) {
    std::unique_lock hold{guard};
    arrived.wait_for(hold, std::chrono::seconds{10}, [&] { return codes.count(who) > 0; });
    const auto code = codes.extract(who);  // Gone with it: the next one is waited for anew.
    return code.empty() ? std::string{} : code.mapped();
  }
};

class auth_rows : public ::testing::Test {
protected:
  auth_rows() {
    config_.set("scheduler.max-threads", std::size_t{1});
    config_.set("logger.verbosity", caf::atom("quiet"));
    system_ = std::make_unique<caf::actor_system>(config_);
    network everybody;
    everybody.now = [this] { return from_ms(now_ms_); };
    everybody.ids = {everybody.now,
                     [engine = std::make_shared<std::mt19937_64>(1), guard = std::make_shared<std::mutex>()] {
                       const std::lock_guard hold{*guard};
                       return (*engine)();
                     }};
    everybody.timers = own(system_->spawn(timers, everybody.now));
    everybody.journal = own(system_->spawn(memory_journal, db_));
    everybody.reader = own(system_->spawn(memory_reader, db_));
    const auto carrier = own(system_->spawn(postman, std::shared_ptr<message_provider>{provider_}));
    const auto mailroom =
        own(system_->spawn(outbox, outbox_setup{everybody.timers, everybody.now, {carrier}, 1'000, {}, 100}));
    const identity_setup setup{
        std::make_shared<const identity_settings>(test_settings()), test_keys(), mailroom, {}};
    const auto desk = own(system_->spawn(sign_ins, setup));
    const auto other = own(system_->spawn(sessions, setup));

    gate_ = std::make_shared<token_gate>(test_keys(), test_settings(), everybody.now);
    rows_ = {desk, other, everybody.reader, {}, {.code_requests_per_minute = 4}};
    door_options options;
    options.address = "127.0.0.1";
    options.port = 0;
    options.now = everybody.now;
    options.authenticate = token_gate::function_of(gate_);
    door_ =
        std::make_unique<door>(*system_, std::move(options), user_endpoints(rows_), [&](lane_parts& lane) {
          follow_revocations(lane, gate_);
          everybody.announce_to.push_back(lane.announcements.as<door_actor>());
        });
    std::string why_not;
    EXPECT_TRUE(door_->start(why_not)) << why_not;
    caf::anon_send(desk, meet_network{everybody});
    caf::anon_send(other, meet_network{everybody});
  }
  ~auth_rows() override {
    door_.reset();
    for (const auto& one : actors_)
      caf::anon_send_exit(one, caf::exit_reason::user_shutdown);
    actors_.clear();
    rows_ = {};
  }

  template <class Handle>
  Handle own(Handle handle) {
    actors_.push_back(caf::actor_cast<caf::actor>(handle));
    return handle;
  }
  [[nodiscard]] rider_client client(std::string token = {}) {
    return rider_client{door_->port(), std::move(token)};
  }

  http_answer post(const std::string& path, const boost::json::object& body, std::string token = {},
                   const rider_client::header_list& headers = {}) {
    return client(std::move(token)).post("/api/auth/" + path, boost::json::serialize(body), headers);
  }
  std::string verification_for(const std::string& who) {
    EXPECT_EQ(post("otp/request", {{"identifier", who}}).status, 200);
    const auto verified = post("otp/verify", {{"identifier", who}, {"otp", provider_->take(who)}});
    EXPECT_EQ(verified.status, 200) << verified.body;
    return std::string{verified.at("/data/verification_token").as_string()};
  }
  http_answer registered(const std::string& who, const std::string& name) {
    const auto token = verification_for(who);
    const auto done =
        post("complete", {{"identifier", who}, {"verification_token", token}, {"username", name}});
    EXPECT_EQ(done.status, 201) << done.body;
    return done;
  }
  static std::string text(const http_answer& answer, std::string_view pointer) {
    const auto value = answer.at(pointer);
    return value.is_string() ? std::string{value.as_string()} : "";
  }

  std::atomic<std::int64_t> now_ms_{1'767'225'600'000};
  std::shared_ptr<memory_store> db_ = std::make_shared<memory_store>();
  std::shared_ptr<waiting_provider> provider_ = std::make_shared<waiting_provider>();
  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
  std::vector<caf::actor> actors_;
  std::shared_ptr<token_gate> gate_;
  users_door rows_;
  std::unique_ptr<door> door_;
};

TEST_F(auth_rows, a_rider_registers_looks_at_itself_and_leaves) {
  const auto done = registered(mail, "sita");
  EXPECT_EQ(text(done, "/data/user/username"), "sita");
  EXPECT_EQ(text(done, "/data/user/email"), mail);
  EXPECT_TRUE(done.at("/data/user/phone_number").is_null());
  EXPECT_EQ(done.at("/data/user/is_active").as_bool(), true);
  EXPECT_EQ(done.at("/data/is_new_user").as_bool(), true);
  EXPECT_EQ(done.at("/data/tokens/expires_in").as_int64(), 900);
  EXPECT_EQ(done.header("cache-control"), "no-store");
  const auto access = text(done, "/data/tokens/access");

  const auto me = client(access).get("/api/auth/me");
  ASSERT_EQ(me.status, 200) << me.body;
  EXPECT_EQ(text(me, "/data/email"), mail);
  EXPECT_EQ(text(me, "/data/status"), "ACTIVE");
  EXPECT_EQ(text(me, "/data/kyc/status"), "NOT_SUBMITTED");
  EXPECT_EQ(text(me, "/data/wallet/balance"), "0.00");
  EXPECT_EQ(text(me, "/data/wallet/currency"), "NPR");
  EXPECT_EQ(me.at("/data/points/current").as_int64(), 50);
  EXPECT_EQ(text(me, "/data/points/value"), "5.00");
  EXPECT_EQ(me.at("/data/profile/completed").as_bool(), false);
  EXPECT_EQ(me.at("/data/rental_eligibility/can_rent").as_bool(), true);

  const auto left = post("logout", {{"refresh_token", text(done, "/data/tokens/refresh")}}, access);
  ASSERT_EQ(left.status, 200) << left.body;
  EXPECT_EQ(text(left, "/data/revocation_reason"), "valid_blacklisted");
  EXPECT_EQ(left.at("/data/token_revoked").as_bool(), true);
}

TEST_F(auth_rows, a_client_whose_name_is_no_clean_text_signs_in_like_any_other) {
  // 254 bytes, then a character that would be cut in two at 255.
  const rider_client::header_list named{{"User-Agent", "caf\xE9" + std::string(250, 'x') + "\u0928"}};
  EXPECT_EQ(post("otp/request", {{"identifier", mail}}, {}, named).status, 200);
  const auto verified = post("otp/verify", {{"identifier", mail}, {"otp", provider_->take(mail)}}, {}, named);
  const auto token = text(verified, "/data/verification_token");
  const boost::json::object wish{{"identifier", mail}, {"verification_token", token}, {"username", "sita"}};
  EXPECT_EQ(post("complete", wish, {}, {{"User-Agent", "caf?" + std::string(250, 'x')}}).status, 400)
      << "what is compared is what was sent";
  ASSERT_EQ(post("complete", wish, {}, named).status, 201);
  ASSERT_EQ(db_->sessions.size(), 1U);
  EXPECT_EQ(db_->sessions.begin()->second.user_agent, "caf?" + std::string(250, 'x'));
}

TEST_F(auth_rows, an_access_token_is_worthless_once_its_session_has_ended) {
  const auto done = registered(mail, "sita");
  const auto access = text(done, "/data/tokens/access");
  rider_client phone{door_->port(), access};
  EXPECT_EQ(phone.get("/api/auth/me").status, 200);
  EXPECT_EQ(phone.post("/api/auth/logout").status, 200);
  // The announcement was sent before the answer, from the same actor to the same desk.
  const auto again = phone.get("/api/auth/me");
  EXPECT_EQ(again.status, 401);
  EXPECT_EQ(again.code(), "token_revoked");
  EXPECT_EQ(post("refresh", {{"refresh", text(done, "/data/tokens/refresh")}}).code(),
            "invalid_refresh_token");
}

TEST_F(auth_rows, a_refresh_answers_with_a_new_pair) {
  const auto done = registered(mail, "sita");
  const auto renewed = post("refresh", {{"refresh", text(done, "/data/tokens/refresh")}});
  ASSERT_EQ(renewed.status, 200) << renewed.body;
  EXPECT_EQ(text(renewed, "/data/token_type"), "Bearer");
  EXPECT_EQ(text(renewed, "/data/user/username"), "sita");
  EXPECT_EQ(client(text(renewed, "/data/access")).get("/api/auth/me").status, 200);
  EXPECT_EQ(post("refresh", {{"refresh", "nonsense"}}).status, 401);
}

TEST_F(auth_rows, old_names_insist_on_their_outcome) {
  const auto token = verification_for(mail);
  const auto log_in = post("login", {{"identifier", mail}, {"verification_token", token}});
  EXPECT_EQ(log_in.status, 404);
  EXPECT_EQ(log_in.code(), "user_not_found");
  EXPECT_EQ(
      post("register", {{"identifier", mail}, {"verification_token", token}, {"username", "sita"}}).status,
      201);
  now_ms_ += 120'000;
  EXPECT_EQ(post("get-otp", {{"identifier", " SITA@example.com "}}).status, 200);
  const auto verified = post("verify-otp", {{"identifier", mail}, {"otp", provider_->take(mail)}});
  EXPECT_EQ(text(verified, "/data/purpose"), "LOGIN");
  const auto second = text(verified, "/data/verification_token");
  const auto again =
      post("register", {{"identifier", mail}, {"verification_token", second}, {"username", "gita"}});
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.code(), "user_already_exists");
  const auto back = post("login", {{"identifier", mail}, {"verification_token", second}});
  EXPECT_EQ(back.status, 200);
  EXPECT_EQ(back.at("/data/is_new_user").as_bool(), false);
}

TEST_F(auth_rows, bad_fields_are_all_listed) {
  EXPECT_EQ(post("otp/request", {{"identifier", "somebody"}, {"platform", "fridge"}}).problems(),
            (std::vector<std::string>{"identifier:malformed", "platform:not_a_choice"}));
  EXPECT_EQ(post("otp/request", {{"identifier", mail}, {"master", "1"}}).problems(),
            (std::vector<std::string>{"master:unknown_field"}));
  EXPECT_EQ(post("otp/verify", {{"identifier", mail}, {"otp", "12345x"}}).problems(),
            (std::vector<std::string>{"otp:malformed"}));
  EXPECT_EQ(post("complete", {{"identifier", mail}, {"verification_token", "t"}, {"username", "9812345678"}})
                .problems(),
            (std::vector<std::string>{"username:malformed"}));
  EXPECT_TRUE(db_->otps.empty());
}

TEST_F(auth_rows, a_wrong_code_tells_how_many_tries_are_left) {
  EXPECT_EQ(post("otp/request", {{"identifier", mail}}).status, 200);
  const auto wrong = identity_world::another(provider_->take(mail));
  const auto answer = post("otp/verify", {{"identifier", mail}, {"otp", wrong}});
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.code(), "invalid_otp");
  EXPECT_EQ(answer.at("/error/context/attempts_left").as_int64(), 4);
}

TEST_F(auth_rows, asking_again_too_soon_is_told_when_to_come_back) {
  EXPECT_EQ(post("otp/request", {{"identifier", mail}}).status, 200);
  const auto again = post("otp/request", {{"identifier", mail}});
  EXPECT_EQ(again.status, 429);
  EXPECT_EQ(again.code(), "rate_limit_exceeded");
  EXPECT_EQ(again.header("retry-after"), "60");
}

TEST_F(auth_rows, an_address_on_the_internet_has_a_limit_of_its_own) {
  int refused = 0;
  for (int n = 0; n < 8; ++n)
    refused +=
        post("otp/request", {{"identifier", "r" + std::to_string(n) + "@example.com"}}).status == 429 ? 1 : 0;
  EXPECT_EQ(refused, 4);
}

TEST_F(auth_rows, the_answer_to_a_request_is_the_same_bytes_for_known_and_unknown) {
  const auto known = post("otp/request", {{"identifier", mail}});
  EXPECT_EQ(known.status, 200);
  const auto verified = post("otp/verify", {{"identifier", mail}, {"otp", provider_->take(mail)}});
  post("complete", {{"identifier", mail},
                    {"verification_token", text(verified, "/data/verification_token")},
                    {"username", "sita"}});
  ASSERT_EQ(db_->users.size(), 1U);
  now_ms_ += 120'000;
  EXPECT_EQ(post("otp/request", {{"identifier", mail}}).body, known.body);
}

TEST_F(auth_rows, only_a_caller_may_see_itself_or_leave) {
  EXPECT_EQ(client().get("/api/auth/me").status, 401);
  EXPECT_EQ(client("nonsense").get("/api/auth/me").code(), "unauthenticated");
  EXPECT_EQ(client().post("/api/auth/logout").status, 401);
}

}  // namespace
}  // namespace chautari::testing
