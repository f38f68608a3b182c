/// Who is refused when more is asked than can be done: in which order, with what words, and until when.

#include "http/server/load_gate.hpp"

#include <set>

#include "protocols/base/limits.hpp"
#include "tests/server/fixture.hpp"

namespace chautari::testing {
namespace {

constexpr std::array all_kinds{work_kind::reads, work_kind::new_rental, work_kind::rider, work_kind::cabinets,
                               work_kind::operators};
using kinds = std::set<work_kind>;

/// An entrance with a clock and a database wound by hand.
struct load_gate_test : ::testing::Test {
  monotonic now{seconds{1'000}};
  monotonic storage{0};
  door_options options;
  std::optional<load_gate> made;

  load_gate_test() {
    options.ticks = [this] { return now; };
    options.storage_wait = [this] { return storage; };
  }

  load_gate& entrance() {
    if (!made) made.emplace(options, 7);
    return *made;
  }

  /// The lane's ticks for so long, the wait for the database being the same all the time.
  void pass(milliseconds span, monotonic wait) {
    storage = wait;
    for (milliseconds done{0}; done < span; done += milliseconds{50}) {
      now += milliseconds{50};
      entrance().tick();
    }
  }

  /// Messages to the actors, one after another, each answered after so long.
  void answer_samples(int count, milliseconds after) {
    for (int sample = 0; sample < count; ++sample) {
      entrance().actors_asked();
      now += after;
      entrance().actors_answered();
      entrance().tick();
    }
  }

  /// Of how many that ask at once so many are let in.
  int let_in_of(int asking, work_kind what) {
    int count = 0;
    for (int one = 0; one < asking; ++one)
      count += entrance().judge(what) ? 0 : 1;
    return count;
  }

  /// The kinds of which everybody is let in.
  kinds let_in() {
    kinds found;
    for (const auto what : all_kinds) {
      if (let_in_of(1'000, what) == 1'000) found.insert(what);
    }
    return found;
  }

  /// Starts that begin and are done, so many a second.
  void finish_starts(int a_second, seconds span) {
    for (int done = 0; done < a_second * span.count(); ++done) {
      const auto held = entrance().enter(work_kind::new_rental);
      now += monotonic{seconds{1}} / a_second;
      entrance().tick();
    }
  }

  /// Of so many a second that want to start, the wait being the same all the time.
  int started_within(seconds span, int asking_a_second, monotonic wait) {
    storage = wait;
    int count = 0;
    for (int asked = 0; asked < asking_a_second * span.count(); ++asked) {
      now += monotonic{seconds{1}} / asking_a_second;
      entrance().tick();
      count += let_in_of(1, work_kind::new_rental);
    }
    return count;
  }

  const kinds everybody{all_kinds.begin(), all_kinds.end()};
  const kinds untouchable{work_kind::cabinets, work_kind::operators};
};

TEST_F(load_gate_test, new_rentals_wait_for_the_database_first_then_riders_changes_and_nobody_else) {
  pass(seconds{1}, milliseconds{90});
  EXPECT_EQ(let_in(), everybody);
  pass(seconds{1}, milliseconds{150});
  EXPECT_EQ(let_in(), (kinds{work_kind::reads, work_kind::rider, work_kind::cabinets, work_kind::operators}));
  pass(seconds{1}, milliseconds{450});
  EXPECT_EQ(let_in(), (kinds{work_kind::reads, work_kind::cabinets, work_kind::operators}));
}

TEST_F(load_gate_test, reads_and_new_rentals_wait_for_the_actors_before_riders_changes_do) {
  answer_samples(20, milliseconds{90});
  EXPECT_EQ(let_in(), everybody);
  answer_samples(20, milliseconds{150});
  EXPECT_EQ(let_in(), (kinds{work_kind::rider, work_kind::cabinets, work_kind::operators}));
  answer_samples(1, milliseconds{450});
  EXPECT_EQ(let_in(), untouchable);
  answer_samples(1, milliseconds{2});
  now += milliseconds{100};
  EXPECT_EQ(let_in_of(1, work_kind::new_rental), 1);
  EXPECT_EQ(let_in(), (kinds{work_kind::reads, work_kind::rider, work_kind::cabinets, work_kind::operators}));
  pass(limits::overload_calm, monotonic{0});
  EXPECT_EQ(let_in(), everybody);
}

TEST_F(load_gate_test, actors_that_never_answer_are_a_wait_that_grows) {
  entrance().actors_asked();
  pass(limits::wait_standing / 2, monotonic{0});
  EXPECT_EQ(let_in(), everybody);
  pass(2 * limits::wait_standing, monotonic{0});
  EXPECT_FALSE(let_in().contains(work_kind::reads));
}

TEST_F(load_gate_test, a_burst_is_no_overload) {
  for (int round = 0; round < 100; ++round) {
    pass(limits::wait_standing - milliseconds{50}, seconds{2});
    EXPECT_EQ(let_in(), everybody);
    pass(milliseconds{50}, milliseconds{20});
  }
}

TEST_F(load_gate_test, while_it_lasts_each_request_is_judged_by_the_wait_of_its_own_moment) {
  pass(seconds{1}, milliseconds{450});
  ASSERT_TRUE(entrance().judge(work_kind::rider));
  storage = milliseconds{390};
  EXPECT_FALSE(entrance().judge(work_kind::rider));
  storage = milliseconds{410};  // It has not to stand again first: it is the same overload.
  EXPECT_TRUE(entrance().judge(work_kind::rider));
}

TEST_F(load_gate_test, new_rentals_go_on_at_the_rate_at_which_they_were_finished_by_what_they_would_wait) {
  finish_starts(200, seconds{5});
  pass(seconds{1}, milliseconds{101});
  ASSERT_TRUE(entrance().is_overloaded());
  const auto started = [this](milliseconds wait) { return started_within(seconds{1}, 1'000, wait); };
  EXPECT_NEAR(started(milliseconds{100}), 200, 15);
  EXPECT_NEAR(started(milliseconds{0}), 267, 15);
  EXPECT_NEAR(started(milliseconds{300}), 150, 15);
  EXPECT_EQ(started(milliseconds{400}), 0);
}

TEST_F(load_gate_test, after_a_database_that_hung_for_long_somebody_still_looks_whether_it_goes_again) {
  pass(seconds{60}, seconds{10});
  EXPECT_EQ(started_within(seconds{1}, 1'000, seconds{10}), 0);
  EXPECT_GT(started_within(seconds{1}, 1'000, milliseconds{0}), 10);
}

TEST_F(load_gate_test, it_is_over_after_a_calm_and_a_new_burst_is_a_burst_again) {
  pass(seconds{1}, milliseconds{150});
  pass(limits::overload_calm - seconds{1}, milliseconds{10});
  EXPECT_TRUE(entrance().is_overloaded());
  pass(seconds{2}, milliseconds{10});
  EXPECT_FALSE(entrance().is_overloaded());
  storage = milliseconds{150};
  entrance().tick();
  EXPECT_EQ(let_in(), everybody);
}

TEST_F(load_gate_test, the_last_slots_of_a_lane_are_for_cabinets_and_operators) {
  options.slots_max = 64;
  std::vector<load_gate::pass> held;
  const auto fill = [&](work_kind what) {
    std::size_t count = 0;
    for (; count < 1'000 && !entrance().judge(what); ++count)
      held.push_back(entrance().enter(what));
    return count;
  };
  EXPECT_EQ(fill(work_kind::new_rental), 32U);
  EXPECT_EQ(fill(work_kind::reads), 16U);
  EXPECT_EQ(fill(work_kind::rider), 8U);
  EXPECT_EQ(let_in(), untouchable);
  held.clear();
  EXPECT_EQ(let_in(), everybody);
}

TEST_F(load_gate_test, comebacks_are_spread_over_the_whole_range) {
  pass(seconds{1}, seconds{1});
  std::set<std::int64_t> pauses;
  for (int round = 0; round < 1'000; ++round) {
    const auto why = entrance().judge(work_kind::new_rental);
    ASSERT_TRUE(why && why->retry_after);
    EXPECT_EQ(why->status, 503);
    pauses.insert(why->retry_after->count());
  }
  EXPECT_EQ(*pauses.begin(), limits::overload_retry_first.count());
  EXPECT_EQ(*pauses.rbegin(), limits::overload_retry_last.count());
  EXPECT_GT(pauses.size(), 3U);
}

TEST(work_kinds, a_row_says_itself_what_it_is_by_access_and_verb) {
  EXPECT_EQ(work_of({.path = "/api/stations"}), work_kind::reads);
  EXPECT_EQ(work_of({.verb = http_method::post, .path = "/api/auth/otp/request"}), work_kind::rider);
  EXPECT_EQ(work_of({.path = "/api/admin/rentals", .who = access::admin_access}), work_kind::operators);
  EXPECT_EQ(work_of({.verb = http_method::post, .path = "/api/admin/login"}), work_kind::operators);
  EXPECT_EQ(work_of({.path = "/admin/{path...}"}), work_kind::operators);
  EXPECT_EQ(work_of({.path = "/administrators"}), work_kind::reads);
  EXPECT_EQ(work_of({.path = "/api/rentbox/upload", .work = work_kind::cabinets}), work_kind::cabinets);
}

/// The same through real sockets, with actors that answer late.
struct overloaded_door : server_test {
  overloaded_door() {
    options.storage_wait = [this] { return monotonic{milliseconds{storage_ms.load()}}; };
    options.sample_actors = [this](desk& asking, const std::function<void()>& answered) {
      if (are_actors_stuck)
        return asking.ask<doubled>(
                   seer, keep_waiting{}, [answered](const doubled&) { answered(); },
                   [answered](const caf::error&) { answered(); }) != 0;
      answered();
      return true;
    };
    const auto quick = [this](exchange& in) { ++handled, in.answer("1"); };
    add(http_method::get, "/api/stations", quick);
    add(http_method::post, "/api/start", quick, access::user_access);
    rows.back().work = work_kind::new_rental;
    add(http_method::post, "/api/extend", quick, access::user_access);
    add(http_method::post, "/api/rentbox/upload", quick);
    rows.back().work = work_kind::cabinets;
    add(http_method::get, "/api/admin/me", quick, access::admin_access);
    rows.push_back({.path = "/api/wait", .summary = "a test", .handle = [this](exchange& in) {
                      in.ask<doubled>(
                          seer, keep_waiting{}, [](exchange& out, const doubled&) { out.answer("1"); },
                          [](exchange& out, const caf::error&) { out.fail({}); });
                    }});
  }

  void overload() {
    ASSERT_TRUE(wind_until([this] { return probe->is_overloaded.load(); }, seconds{1}));
  }

  std::atomic<std::int64_t> storage_ms{0};
  std::atomic<bool> are_actors_stuck{false};
  std::atomic<int> handled{0};
};

TEST_F(overloaded_door, what_is_refused_is_told_to_come_back_and_counted_and_reaches_no_handler) {
  storage_ms = 450;
  open();
  overload();
  raw_client client{port};
  const auto heard = client.post("/api/start", "{}", "Authorization: Bearer user-1\r\n");
  EXPECT_EQ(heard.status, 503);
  EXPECT_EQ(heard.error_code(), "overloaded");
  EXPECT_FALSE(heard.json().at("success").as_bool());
  EXPECT_EQ(heard.json().at("request_id").as_string(), heard.header("x-request-id"));
  const auto pause = std::stoi("0" + heard.header("retry-after"));
  EXPECT_GE(pause, limits::overload_retry_first.count());
  EXPECT_LE(pause, limits::overload_retry_last.count());
  EXPECT_EQ(handled, 0);
  EXPECT_EQ(judged, 0);  // Not even the token was looked at.
  const std::lock_guard guard{probe->lock};
  EXPECT_EQ(probe->shed, (std::vector<std::string>{"new_rental"}));
}

TEST_F(overloaded_door, operators_and_cabinets_pass_while_reads_are_shed_and_all_pass_when_the_delay_falls) {
  are_actors_stuck = true;
  open();
  overload();
  raw_client client{port};
  EXPECT_EQ(client.get("/api/stations").status, 503);
  EXPECT_EQ(client.post("/api/rentbox/upload", "{}").status, 200);
  EXPECT_EQ(client.get("/api/admin/me", "Authorization: Bearer admin-1\r\n").status, 200);
  EXPECT_EQ(client.get("/api/stations").status, 503);
  are_actors_stuck = false;
  caf::anon_send(seer, answer_waiting{});
  ASSERT_TRUE(wind_until([this] { return !probe->is_overloaded; }, seconds{1}));
  EXPECT_EQ(client.get("/api/stations").status, 200);
  EXPECT_EQ(client.post("/api/start", "{}", "Authorization: Bearer user-1\r\n").status, 200);
}

TEST_F(overloaded_door, a_request_that_ends_by_its_deadline_gives_its_share_back) {
  options.slots_max = 4;  // One read at a time.
  open();
  raw_client waiting{port}, other{port};
  waiting.say("GET /api/wait HTTP/1.1\r\nHost: t\r\n\r\n");
  asked_to_wait->wait(0);
  EXPECT_EQ(other.get("/api/stations").error_code(), "overloaded");
  ASSERT_TRUE(wind_until_heard(waiting, seconds{11}));
  EXPECT_EQ(waiting.hear().status, 504);
  EXPECT_EQ(other.get("/api/stations").status, 200);
}

}  // namespace
}  // namespace chautari::testing
