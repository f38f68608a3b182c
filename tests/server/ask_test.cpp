#include "tests/server/fixture.hpp"

namespace chautari::testing {
namespace {

class asking : public server_test {
protected:
  asking() {
    add(http_method::get, "/api/double/{number}", [this](exchange& in) {
      in.ask<doubled>(
          seer, double_it{std::stoi(std::string{in.path_text("number")})},
          [](exchange& out, const doubled& view) { out.answer(std::to_string(view.number)); },
          [](exchange& out, const caf::error&) { out.fail(422, "not_doubled", "No."); });
    });
    add(http_method::get, "/api/wait", [this](exchange& in) {
      in.set_command(*command_id::parse(command));
      in.ask<doubled>(
          seer, keep_waiting{},
          [this](exchange& out, const doubled&) {
            ++late_views;
            out.answer("\"late\"");
          },
          [](exchange& out, const caf::error&) { out.overloaded(); });
    });
    add(http_method::get, "/api/twice", [this](exchange& in) {
      const auto failed = [](exchange& out, const caf::error&) { out.overloaded(); };
      in.ask<doubled>(
          seer, double_it{1},
          [this, failed](exchange& out, const doubled& first) {
            out.ask<doubled>(
                seer, double_it{first.number},
                [](exchange& last, const doubled& second) { last.answer(std::to_string(second.number)); },
                failed);
          },
          failed);
    });
  }

  void wait_until_asked(int times) {
    for (int asked = *asked_to_wait; asked < times; asked = *asked_to_wait)
      asked_to_wait->wait(asked);
  }

  const char* command = "01890a5d-ac96-774b-bcce-b302099a8057";
  std::atomic<int> late_views{0};
};

TEST_F(asking, an_actor_s_view_becomes_the_answer) {
  open();
  raw_client client{port};
  EXPECT_EQ(client.get("/api/double/21").json().at("data").as_int64(), 42);
}

TEST_F(asking, an_actor_s_error_reaches_its_own_continuation) {
  open();
  raw_client client{port};
  const auto heard = client.get("/api/double/-1");
  EXPECT_EQ(heard.status, 422);
  EXPECT_EQ(heard.error_code(), "not_doubled");
}

TEST_F(asking, a_continuation_may_ask_again) {
  open();
  raw_client client{port};
  EXPECT_EQ(client.get("/api/twice").json().at("data").as_int64(), 4);
}

TEST_F(asking, past_the_deadline_the_caller_is_told_which_command_to_look_for) {
  open();
  raw_client client{port};
  client.say("GET /api/wait HTTP/1.1\r\nHost: t\r\n\r\n");
  wait_until_asked(1);
  ASSERT_TRUE(wind_until_heard(client, seconds{11}));
  const auto heard = client.hear();
  EXPECT_EQ(heard.status, 504);
  EXPECT_EQ(heard.error_code(), "outcome_unknown");
  EXPECT_EQ(heard.json().at("error").at("context").at("command_id").as_string(), command);
}

TEST_F(asking, a_reply_after_the_deadline_is_ignored_and_the_connection_goes_on) {
  open();
  raw_client client{port};
  client.say("GET /api/wait HTTP/1.1\r\nHost: t\r\n\r\n");
  wait_until_asked(1);
  ASSERT_TRUE(wind_until_heard(client, seconds{11}));
  EXPECT_EQ(client.hear().status, 504);
  caf::anon_send(seer, answer_waiting{});
  // The same actor answers this after the late reply, and the desk reads in order.
  EXPECT_EQ(client.get("/api/double/2").json().at("data").as_int64(), 4);
  EXPECT_EQ(late_views, 0);
}

TEST_F(asking, a_late_reply_never_answers_the_next_asker_of_its_slot) {
  options.slots_max = 1;
  open();
  raw_client client{port};
  client.say("GET /api/wait HTTP/1.1\r\nHost: t\r\n\r\n");
  wait_until_asked(1);
  ASSERT_TRUE(wind_until_heard(client, seconds{11}));
  EXPECT_EQ(client.hear().status, 504);
  caf::anon_send(seer, answer_waiting{});
  EXPECT_EQ(client.get("/api/double/3").json().at("data").as_int64(), 6);
}

TEST_F(asking, without_a_free_slot_the_caller_is_told_to_come_back) {
  options.slots_max = 1;
  for (auto& row : rows)
    row.work = work_kind::operators;  // Whom no share of the slots stops before.
  open();
  raw_client waiting{port}, surplus{port};
  waiting.say("GET /api/wait HTTP/1.1\r\nHost: t\r\n\r\n");
  wait_until_asked(1);
  const auto heard = surplus.get("/api/double/1");
  EXPECT_EQ(heard.status, 503);
  EXPECT_EQ(heard.header("retry-after"), "1");
  caf::anon_send(seer, answer_waiting{});
  EXPECT_EQ(waiting.hear().json().at("data").as_string(), "late");
  EXPECT_EQ(surplus.get("/api/double/1").status, 200);
}

TEST_F(asking, a_dead_actor_is_an_error_and_not_a_wait) {
  oracle_actor dead = system->spawn(oracle, asked_to_wait);
  caf::anon_send_exit(dead, caf::exit_reason::kill);
  add(http_method::get, "/api/dead", [&dead](exchange& in) {
    in.ask<doubled>(
        dead, double_it{1}, [](exchange& out, const doubled&) { out.answer("1"); },
        [](exchange& out, const caf::error&) { out.overloaded(); });
  });
  add(http_method::get, "/api/nobody", [](exchange& in) {
    in.ask<doubled>(
        caf::actor_cast<oracle_actor>(caf::strong_actor_ptr{}), double_it{1},
        [](exchange& out, const doubled&) { out.answer("1"); },
        [](exchange& out, const caf::error&) { out.overloaded(); });
  });
  open();
  raw_client client{port};
  EXPECT_EQ(client.get("/api/dead").status, 503);
  EXPECT_EQ(client.get("/api/nobody").status, 503);
}

TEST_F(asking, a_throwing_continuation_is_500) {
  add(http_method::get, "/api/throws-later", [this](exchange& in) {
    in.ask<doubled>(
        seer, double_it{1}, [](exchange&, const doubled&) { throw std::runtime_error{"later"}; },
        [](exchange& out, const caf::error&) { out.overloaded(); });
  });
  open();
  raw_client client{port};
  EXPECT_EQ(client.get("/api/throws-later").status, 500);
  EXPECT_EQ(client.get("/api/double/1").status, 200);
}

TEST_F(asking, slots_are_free_again_when_their_exchanges_are_over) {
  open();
  raw_client client{port};
  for (int round = 0; round < 3; ++round)
    EXPECT_EQ(client.get("/api/double/1").status, 200);
  client.say("GET /api/wait HTTP/1.1\r\nHost: t\r\n\r\n");
  wait_until_asked(1);
  ASSERT_TRUE(wind_until_heard(client, seconds{11}));
  EXPECT_TRUE(wind_until([this] { return probe->slots_in_use == 0; }, seconds{1}));
}

TEST_F(asking, announcements_reach_the_lane_they_are_sent_to) {
  std::promise<std::string> heard;
  caf::actor address;
  set_up = [&](lane_parts& parts) {
    address = parts.announcements.as<caf::actor>();
    parts.announcements.on<std::string>([&heard](const std::string& words) { heard.set_value(words); });
  };
  open();
  caf::anon_send(seer, announce_to{address, "a bank came home"});
  EXPECT_EQ(heard.get_future().get(), "a bank came home");
}

TEST_F(asking, an_announcement_that_throws_is_told_and_harms_nobody) {
  std::promise<std::string> heard;
  caf::actor address;
  set_up = [&](lane_parts& parts) {
    address = parts.announcements.as<caf::actor>();
    parts.announcements.on<std::string>([&heard](const std::string& words) {
      if (words == "nonsense") throw std::runtime_error{"cannot make sense of it"};
      heard.set_value(words);
    });
  };
  open();
  caf::anon_send(seer, announce_to{address, "nonsense"});
  caf::anon_send(seer, announce_to{address, "a bank came home"});
  EXPECT_EQ(heard.get_future().get(), "a bank came home");
  raw_client client{port};
  EXPECT_EQ(client.get("/api/double/1").status, 200);
  const std::lock_guard guard{probe->lock};
  EXPECT_EQ(probe->failed, std::vector<std::string>{"announcement: cannot make sense of it: "});
}

TEST_F(asking, a_desk_whose_door_is_gone_refuses_instead_of_keeping_the_sender_waiting) {
  caf::actor address;
  set_up = [&](lane_parts& parts) { address = parts.announcements.as<caf::actor>(); };
  open();
  entrance.reset();
  caf::anon_send(address, std::string{"anybody there?"});
  std::promise<bool> refused;
  system->spawn([&, address](caf::event_based_actor* self) {
    self->request(address, caf::infinite, std::string{"anybody?"})
        .then([&refused](const std::string&) { refused.set_value(false); },
              [&refused](const caf::error&) { refused.set_value(true); });
  });
  EXPECT_TRUE(refused.get_future().get());
}

TEST_F(asking, draining_finishes_running_exchanges_and_then_tells) {
  open();
  raw_client running{port}, idle{port};
  EXPECT_EQ(idle.get("/api/double/1").status, 200);
  running.say("GET /api/wait HTTP/1.1\r\nHost: t\r\n\r\n");
  wait_until_asked(1);
  std::promise<void> empty;
  entrance->drain([&empty] { empty.set_value(); });
  EXPECT_TRUE(idle.hears_the_end());
  caf::anon_send(seer, answer_waiting{});
  const auto heard = running.hear();
  EXPECT_EQ(heard.status, 200);
  EXPECT_EQ(heard.header("connection"), "close");
  running.leave();
  empty.get_future().wait();
}

TEST_F(asking, several_lanes_share_one_port) {
  options.io_threads = 2;
  open();
  for (int round = 0; round < 16; ++round) {
    raw_client client{port};
    EXPECT_EQ(client.get("/api/double/4").json().at("data").as_int64(), 8);
  }
}

}  // namespace
}  // namespace chautari::testing
