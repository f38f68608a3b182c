#include <gtest/gtest.h>

#include <algorithm>

#include "tests/users/identity_world.hpp"

namespace chautari::testing {
namespace {

struct mailroom {
  deterministic_system system{1};
  std::shared_ptr<remembering_provider> provider = std::make_shared<remembering_provider>();
  std::shared_ptr<std::vector<log_entry>> logged = std::make_shared<std::vector<log_entry>>();
  outbox_actor mail;

  explicit mailroom(std::int64_t sms_per_day = 1'000, std::size_t messages_max = 100) {
    const auto clockwork = system.spawn(timers, system.clock());
    const auto carrier = system.spawn(postman, std::shared_ptr<message_provider>{provider});
    mail = system.spawn(outbox,
                        outbox_setup{clockwork,
                                     system.clock(),
                                     {carrier},
                                     sms_per_day,
                                     [log = logged](log_entry entry) { log->push_back(std::move(entry)); },
                                     messages_max});
    system.run();
  }
  void send(const std::string& variables, seconds life = seconds{300}, const std::string& channel = "sms") {
    system.tell(
        mail,
        outgoing_message{{}, channel, "+9779812345678", "otp", variables, system.now(), system.now() + life});
    system.run();
  }
  bool is_up(const std::string& channel = "sms") {
    const auto place = system.ask<delivery_state>(mail, ask_delivery{channel});
    system.run();
    return place->answer.value().is_up;
  }
  [[nodiscard]] std::size_t logs(std::string_view id) const {
    return static_cast<std::size_t>(
        std::count_if(logged->begin(), logged->end(), [&](const auto& entry) { return entry.id == id; }));
  }
};

TEST(outbox, messages_leave_in_the_order_they_came) {
  mailroom m;
  for (const auto* variables : {"1", "2", "3"})
    m.send(variables);
  ASSERT_EQ(m.provider->sent.size(), 3U);
  EXPECT_EQ(m.provider->sent[0].variables, "1");
  EXPECT_EQ(m.provider->sent[2].variables, "3");
}

TEST(outbox, a_provider_out_of_order_is_tried_with_growing_pauses_and_forgets_nothing) {
  mailroom m;
  m.provider->answer = {delivery_outcome::try_again, "no line"};
  m.send("1");
  EXPECT_FALSE(m.is_up());
  m.send("2");
  EXPECT_EQ(m.provider->tried.size(), 1U) << "nothing is tried before its time";
  m.system.advance(seconds{20});
  EXPECT_LE(m.provider->tried.size(), 6U);
  EXPECT_GE(m.provider->tried.size(), 4U);
  EXPECT_EQ(m.logs("provider-down"), 1U) << "one line an outage, not one a try";
  m.provider->answer = {};
  m.system.advance(seconds{31});
  EXPECT_TRUE(m.is_up());
  ASSERT_EQ(m.provider->sent.size(), 2U);
  EXPECT_EQ(m.provider->sent[0].variables, "1");
  EXPECT_EQ(m.logs("provider-up"), 1U);
}

TEST(outbox, what_expires_is_dropped_and_the_next_message_is_the_probe) {
  mailroom m;
  m.provider->answer = {delivery_outcome::try_again, "no line"};
  m.send("1", seconds{60});
  m.system.advance(minutes{3});
  EXPECT_EQ(m.logs("message-expired"), 1U);
  EXPECT_TRUE(m.is_up()) << "somebody has to try again";
  m.provider->answer = {};
  m.send("2");
  ASSERT_EQ(m.provider->sent.size(), 1U);
  EXPECT_EQ(m.provider->sent[0].variables, "2");
}

TEST(outbox, a_message_that_is_refused_is_not_tried_again) {
  mailroom m;
  m.provider->answer = {delivery_outcome::refused, "no such number"};
  m.send("1");
  m.system.advance(minutes{5});
  EXPECT_EQ(m.provider->tried.size(), 1U);
  EXPECT_EQ(m.logs("message-refused"), 1U);
  EXPECT_TRUE(m.is_up()) << "the provider itself is well";
}

TEST(outbox, no_more_wait_than_may_wait) {
  mailroom m{1'000, 3};
  m.provider->answer = {delivery_outcome::try_again, "no line"};
  for (int n = 0; n < 5; ++n)
    m.send(std::to_string(n));
  EXPECT_EQ(m.logs("message-dropped"), 2U);
}

TEST(outbox, the_daily_sms_are_limited_by_nepals_day_and_mail_is_not) {
  mailroom m{5};
  for (int n = 0; n < 5; ++n)
    m.send("x");
  EXPECT_EQ(m.logs("sms-budget-low"), 1U);
  EXPECT_FALSE(m.is_up("sms"));
  EXPECT_TRUE(m.is_up("mail"));
  // It began at 05:45 in Kathmandu.
  m.system.advance(hours{18}, minutes{10});
  EXPECT_FALSE(m.is_up("sms"));
  m.system.advance(minutes{20}, minutes{1});
  EXPECT_TRUE(m.is_up("sms"));
}

TEST(outbox, no_log_line_shows_what_a_message_says_or_whom_it_reaches) {
  mailroom m;
  m.provider->answer = {delivery_outcome::refused, "no such number"};
  m.send(R"({"otp":"123456"})");
  for (const auto& entry : *m.logged) {
    for (const auto& [name, value] : entry.fields) {
      EXPECT_EQ(value.find("123456"), std::string::npos);
      EXPECT_EQ(value.find("9812345678"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace chautari::testing
