#include "http/websocket/feed.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace chautari {
namespace {

class live_topics : public ::testing::Test {
protected:
  live_topics() {
    hub.add_kind({.prefix = "station:",
                  .authorise = [](const caller&, std::string_view topic) -> std::optional<std::string> {
                    if (topic == "station:none") return "station_not_found";
                    return {};
                  },
                  .snapshot =
                      [](const caller&, std::string_view, deliver_snapshot deliver) {
                        deliver({.state = topic_snapshot{.data_json = "\"now\""}});
                      }});
    hub.add_kind({.prefix = "wallet",
                  .is_per_user = true,
                  .snapshot = [this](const caller&, std::string_view, deliver_snapshot deliver) {
                    later.push_back(std::move(deliver));
                  }});
    hub.add_kind({.prefix = "counted:",
                  .has_own_revisions = true,
                  .snapshot = [this](const caller&, std::string_view, deliver_snapshot deliver) {
                    deliver({.state = topic_snapshot{own_revision, "\"counted\""}});
                  }});
    hub.add_kind(
        {.prefix = "closed:", .snapshot = [](const caller&, std::string_view, deliver_snapshot deliver) {
           deliver({.refusal = "service_unavailable"});
         }});
    hub.add_kind({.prefix = "bounds:", .is_area = true});
    mine.belong_to({.user = user(1)});
    theirs.belong_to({.user = user(2)});
  }

  static user_id user(std::uint8_t number) {
    user_id made;
    made.value.data[15] = number;
    return made;
  }
  static client_frame wish(std::vector<std::string> topics, std::uint64_t revision = 0) {
    return {.id_json = "1", .topics = std::move(topics), .revision = revision};
  }
  static boost::json::object next(feed& of) {
    const auto frame = of.next_frame();
    return frame ? boost::json::parse(*frame).as_object() : boost::json::object{{"type", "silence"}};
  }
  static std::string type(const boost::json::object& frame) { return frame.at("type").as_string().c_str(); }
  static std::int64_t revision(const boost::json::object& frame) { return frame.at("revision").as_int64(); }

  void tell(const std::string& topic, const std::string& data, std::optional<user_id> whom = {},
            std::uint64_t own = 0) {
    hub.publish(
        {.topic = topic, .user = whom, .event = "happened", .at = now, .data_json = data, .revision = own});
  }

  timestamp now = from_ms(1'800'000'000'000);
  std::uint64_t own_revision = 7;
  std::vector<deliver_snapshot> later;
  topic_hub hub{[this] { return now; }};
  feed mine{hub, [] {}};
  feed theirs{hub, [] {}};
};

TEST_F(live_topics, a_subscription_is_confirmed_then_shown_then_followed) {
  mine.subscribe(wish({"station:A", "station:none", "nonsense"}));
  const auto confirmed = next(mine);
  EXPECT_EQ(type(confirmed), "subscribed");
  EXPECT_EQ(confirmed.at("topics").as_array().size(), 1U);
  EXPECT_EQ(confirmed.at("refused").at(0).at("code").as_string(), "station_not_found");
  EXPECT_EQ(confirmed.at("refused").at(1).at("code").as_string(), "unknown_topic");
  const auto shown = next(mine);
  EXPECT_EQ(type(shown), "snapshot");
  tell("station:A", "1");
  const auto first = next(mine);
  EXPECT_EQ(revision(first), revision(shown) + 1);
  EXPECT_FALSE(first.contains("merged"));
  tell("station:A", "2");
  EXPECT_EQ(revision(next(mine)), revision(shown) + 2);
  EXPECT_EQ(type(next(mine)), "silence");
}

TEST_F(live_topics, what_a_busy_socket_misses_is_merged_into_the_newest) {
  mine.subscribe(wish({"station:A"}));
  next(mine), next(mine);
  for (int value = 1; value <= 1000; ++value)
    tell("station:A", std::to_string(value));
  const auto merged = next(mine);
  EXPECT_TRUE(merged.at("merged").as_bool());
  EXPECT_EQ(merged.at("data").as_int64(), 1000);
  EXPECT_EQ(type(next(mine)), "silence");
}

TEST_F(live_topics, dirty_topics_are_sent_in_the_order_they_became_dirty) {
  mine.subscribe(wish({"station:A", "station:B"}));
  for (int frame = 0; frame < 3; ++frame)
    next(mine);
  tell("station:B", "1");
  tell("station:A", "1");
  tell("station:B", "2");
  EXPECT_EQ(next(mine).at("topic").as_string(), "station:B");
  EXPECT_EQ(next(mine).at("topic").as_string(), "station:A");
}

TEST_F(live_topics, a_wallet_is_shown_to_its_owner_only) {
  mine.subscribe(wish({"wallet"}));
  theirs.subscribe(wish({"wallet"}));
  later.at(0)({.state = topic_snapshot{.data_json = "1"}});
  later.at(1)({.state = topic_snapshot{.data_json = "2"}});
  for (auto* each : {&mine, &theirs})
    next(*each), next(*each);
  tell("wallet", "50", user(2));
  EXPECT_EQ(type(next(mine)), "silence");
  EXPECT_EQ(next(theirs).at("data").as_int64(), 50);
}

TEST_F(live_topics, news_that_overtakes_its_snapshot_waits_for_it) {
  mine.subscribe(wish({"wallet"}));
  EXPECT_EQ(type(next(mine)), "subscribed");
  tell("wallet", "60", user(1));
  EXPECT_EQ(type(next(mine)), "silence");
  later.at(0)({.state = topic_snapshot{.data_json = "50"}});
  const auto shown = next(mine);
  EXPECT_EQ(type(shown), "snapshot");
  const auto news = next(mine);
  EXPECT_EQ(news.at("data").as_int64(), 60);
  EXPECT_EQ(revision(news), revision(shown) + 1);
}

TEST_F(live_topics, a_refused_snapshot_ends_the_subscription) {
  mine.subscribe(wish({"wallet"}));
  next(mine);
  later.at(0)({.refusal = "service_unavailable"});
  EXPECT_EQ(next(mine).at("code").as_string(), "service_unavailable");
  tell("wallet", "60", user(1));
  EXPECT_EQ(type(next(mine)), "silence");
}

TEST_F(live_topics, a_repeated_topic_that_is_refused_at_once_is_answered_once) {
  mine.subscribe(wish({"closed:A", "closed:A", "station:A", "closed:A", "station:A"}));
  const auto confirmed = next(mine);
  EXPECT_EQ(confirmed.at("topics").as_array(), (boost::json::array{"closed:A", "station:A"}));
  const auto refused = next(mine);
  EXPECT_EQ(type(refused), "error");
  EXPECT_EQ(refused.at("code").as_string(), "service_unavailable");
  EXPECT_EQ(type(next(mine)), "snapshot");
  EXPECT_EQ(type(next(mine)), "silence");
  tell("closed:A", "1");
  EXPECT_EQ(type(next(mine)), "silence") << "a refused topic is not subscribed";
}

TEST_F(live_topics, a_snapshot_that_comes_after_everybody_left_is_dropped) {
  auto gone = std::make_unique<feed>(hub, [] {});
  gone->belong_to({.user = user(3)});
  gone->subscribe(wish({"wallet"}));
  gone.reset();
  mine.subscribe(wish({"wallet"}));
  mine.unsubscribe(wish({"wallet"}));
  for (const auto& deliver : later)
    deliver({.state = topic_snapshot{.data_json = "1"}});
  EXPECT_EQ(type(next(mine)), "subscribed");
  EXPECT_EQ(type(next(mine)), "silence");
}

TEST_F(live_topics, resuming_within_the_window_repeats_what_was_missed) {
  mine.subscribe(wish({"station:A"}));
  next(mine);
  const auto shown = revision(next(mine));
  mine.leave();
  for (const char* data : {"1", "2", "3"})
    tell("station:A", data);
  theirs.resume(wish({"station:A"}, static_cast<std::uint64_t>(shown) + 1));
  EXPECT_EQ(type(next(theirs)), "subscribed");
  EXPECT_EQ(next(theirs).at("data").as_int64(), 2);
  EXPECT_EQ(next(theirs).at("data").as_int64(), 3);
  tell("station:A", "4");
  EXPECT_EQ(revision(next(theirs)), shown + 4);
}

TEST_F(live_topics, resuming_after_the_window_shows_the_whole_again) {
  mine.subscribe(wish({"station:A"}));
  next(mine);
  const auto shown = static_cast<std::uint64_t>(revision(next(mine)));
  tell("station:A", "1");
  now += seconds{61};
  theirs.resume(wish({"station:A"}, shown));
  EXPECT_EQ(type(next(theirs)), "subscribed");
  EXPECT_EQ(type(next(theirs)), "snapshot");
  mine.resume(wish({"station:A"}, shown + 100));
  EXPECT_EQ(type(next(mine)), "snapshot") << "a revision from the future is another server's";
}

TEST_F(live_topics, resuming_a_gap_longer_than_the_kept_events_shows_the_whole) {
  mine.subscribe(wish({"station:A"}));
  next(mine);
  const auto shown = static_cast<std::uint64_t>(revision(next(mine)));
  for (int value = 0; value < 40; ++value)
    tell("station:A", "1");
  theirs.resume(wish({"station:A"}, shown));
  EXPECT_EQ(type(next(theirs)), "subscribed");
  EXPECT_EQ(type(next(theirs)), "snapshot");
}

TEST_F(live_topics, a_publisher_s_own_revisions_are_kept_and_repeats_dropped) {
  mine.subscribe(wish({"counted:A"}));
  next(mine);
  EXPECT_EQ(revision(next(mine)), 7);
  tell("counted:A", "1", {}, 7);
  EXPECT_EQ(type(next(mine)), "silence") << "part of the snapshot";
  tell("counted:A", "2", {}, 8);
  EXPECT_EQ(revision(next(mine)), 8);
}

TEST_F(live_topics, areas_gather_for_a_quarter_of_a_second) {
  mine.subscribe(wish({"bounds:27,85,28,86"}));
  next(mine), next(mine);
  monotonic at{seconds{100}};
  hub.tick(at);
  hub.publish_at(27.5, 85.5, "A", "station.stock", now, R"({"sn":"A","n":1})");
  hub.publish_at(27.5, 85.5, "A", "station.stock", now, R"({"sn":"A","n":2})");
  hub.publish_at(27.6, 85.6, "B", "station.stock", now, R"({"sn":"B","n":1})");
  hub.publish_at(29.0, 85.5, "C", "station.stock", now, R"({"sn":"C","n":1})");
  hub.tick(at + milliseconds{249});
  EXPECT_EQ(type(next(mine)), "silence");
  hub.tick(at + milliseconds{250});
  const auto batch = next(mine);
  const auto& stations = batch.at("data").at("stations").as_array();
  ASSERT_EQ(stations.size(), 2U);
  EXPECT_EQ(stations.at(0).at("n").as_int64(), 2);
  EXPECT_EQ(stations.at(1).at("sn").as_string(), "B");
}

TEST_F(live_topics, merged_areas_lose_no_station) {
  mine.subscribe(wish({"bounds:27,85,28,86"}));
  next(mine), next(mine);
  hub.publish_at(27.5, 85.5, "A", "station.stock", now, R"({"sn":"A"})");
  hub.tick(seconds{1});
  hub.publish_at(27.5, 85.5, "B", "station.stock", now, R"({"sn":"B"})");
  hub.tick(seconds{2});
  const auto batch = next(mine);
  EXPECT_TRUE(batch.at("merged").as_bool());
  EXPECT_EQ(batch.at("data").at("stations").as_array().size(), 2U);
}

TEST_F(live_topics, fifty_topics_are_enough) {
  for (int number = 0; number < 50; ++number)
    mine.subscribe(wish({"station:" + std::to_string(number)}));
  mine.subscribe(wish({"station:one-more"}));
  std::string last;
  for (auto frame = mine.next_frame(); frame; frame = mine.next_frame()) {
    if (frame->find("\"subscribed\"") != std::string::npos) last = *frame;
  }
  EXPECT_NE(last.find("too_many_topics"), std::string::npos);
}

TEST_F(live_topics, topics_nobody_hears_are_forgotten_after_their_window) {
  for (int round = 0; round < 100; ++round) {
    mine.subscribe(wish({"station:A", "bounds:27,85,28,86"}));
    mine.unsubscribe(wish({"station:A", "bounds:27,85,28,86"}));
  }
  EXPECT_EQ(hub.topics(), 1U);
  now += seconds{61};
  hub.tick(seconds{1});
  EXPECT_EQ(hub.topics(), 0U);
}

TEST(bounds, are_four_degrees_in_order) {
  EXPECT_TRUE(parse_bounds("27,85,28,86"));
  EXPECT_TRUE(parse_bounds("-1.5,-2,3.25,4"));
  for (const char* bad : {"", "1,2,3", "1,2,3,4,5", "28,85,27,86", "27,86,28,85", "a,b,c,d", "nan,1,2,3",
                          "0,0,91,1", "1,2,3,"}) {
    EXPECT_FALSE(parse_bounds(bad)) << bad;
  }
}

TEST(client_frames, that_are_not_of_the_protocol_are_nothing) {
  EXPECT_TRUE(parse_client_frame(R"({"type":"subscribe","id":1,"topics":["rental"]})"));
  EXPECT_EQ(parse_client_frame(R"({"type":"subscribe","id":"x\"y","topics":["rental"]})")->id_json,
            R"("x\"y")");
  for (const char* bad :
       {"", "[]", "{}", R"({"type":"dance"})", R"({"type":"subscribe","topics":[]})",
        R"({"type":"subscribe","topics":[1]})", R"({"type":"auth"})", R"({"type":"auth","token":""})",
        R"({"type":"resume","topic":"a"})", R"({"type":"resume","topic":"a","revision":-1})",
        R"({"type":"subscribe","topics":["a\nb"]})", R"({"type":"subscribe","id":{},"topics":["a"]})"}) {
    EXPECT_FALSE(parse_client_frame(bad)) << bad;
  }
}

}  // namespace
}  // namespace chautari
