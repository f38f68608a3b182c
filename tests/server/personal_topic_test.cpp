/// What a feed keeps of a topic that belongs to one subscriber; no socket.

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "http/websocket/feed.hpp"

namespace chautari {
namespace {

struct view_script {
  personal_line* line = nullptr;
  std::optional<std::string> refusal;  ///< Of what is asked next.
  bool answers_at_once = true;
  std::string state = "\"whole\"";
  std::string last_view;  ///< What the last frame wanted to see.
  int open_views = 0;
};

class view final : public personal_topic {
public:
  view(view_script& script, personal_line& line) : script_{script} {
    script_.line = &line;
    ++script_.open_views;
  }
  ~view() override { --script_.open_views; }
  std::optional<std::string> adjust(const client_frame& wish) override {
    if (script_.refusal) return script_.refusal;
    show(wish);
    return {};
  }
  std::optional<personal_state> whole() override {
    return personal_state{"view.changed", from_ms(1), script_.state};
  }
  void show(const client_frame& wish) {
    const auto* wanted = wish.extras.if_contains("view");
    script_.last_view = wanted == nullptr ? "" : wanted->as_string().c_str();
    if (script_.answers_at_once) script_.line->snapshot('"' + script_.last_view + '"');
  }

private:
  view_script& script_;
};

class personal_topics : public ::testing::Test {
protected:
  personal_topics() {
    hub.add_kind({.prefix = "view",
                  .authorise = [](const caller& who, std::string_view) -> std::optional<std::string> {
                    if (who.role != caller_role::admin) return "permission_denied";
                    return {};
                  },
                  .open = [this](const caller&, std::string_view, const client_frame& wish,
                                 personal_line& line) -> personal_opening {
                    if (script.refusal) return *script.refusal;
                    auto made = std::make_unique<view>(script, line);
                    made->show(wish);
                    return made;
                  }});
    mine.belong_to({.role = caller_role::admin});
  }

  static client_frame wish(const std::string& seen) {
    return {.id_json = "1", .topics = {"view"}, .extras = {{"view", seen}}};
  }
  boost::json::object next() {
    const auto frame = mine.next_frame();
    return frame ? boost::json::parse(*frame).as_object() : boost::json::object{{"type", "silence"}};
  }
  /// "snapshot a", "event b", "merged c", or the type alone.
  std::string told() {
    const auto frame = next();
    std::string type = frame.at("type").as_string().c_str();
    if (!frame.contains("data")) return type;
    return (frame.contains("merged") ? "merged" : type) + ' ' + frame.at("data").as_string().c_str();
  }
  void change(const std::string& data) { script.line->change("view.changed", from_ms(1), '"' + data + '"'); }

  view_script script;
  topic_hub hub{[] { return from_ms(1'000); }};
  feed mine{hub, [] {}};
};

TEST_F(personal_topics, the_answer_comes_first_then_the_snapshot_then_each_change) {
  mine.subscribe(wish("a"));
  EXPECT_EQ(told(), "subscribed");
  EXPECT_EQ(told(), "snapshot a");
  change("b");
  EXPECT_EQ(told(), "event b");
  change("c");
  EXPECT_EQ(told(), "event c");
  EXPECT_EQ(told(), "silence");
}

TEST_F(personal_topics, revisions_rise_by_one_with_each_frame) {
  mine.subscribe(wish("a"));
  next();
  const auto first = next().at("revision").as_int64();
  change("b");
  change("c");
  EXPECT_EQ(next().at("revision").as_int64(), first + 1);
}

TEST_F(personal_topics, two_changes_that_wait_become_the_whole) {
  mine.subscribe(wish("a"));
  told(), told();
  for (const char* each : {"b", "c", "d"})
    change(each);
  script.state = "\"d and all before\"";
  EXPECT_EQ(told(), "merged d and all before");
  EXPECT_EQ(told(), "silence");
}

TEST_F(personal_topics, a_snapshot_that_was_overtaken_is_still_a_snapshot) {
  mine.subscribe(wish("a"));
  told();
  change("b");
  change("c");
  EXPECT_EQ(told(), "snapshot whole");
  EXPECT_EQ(told(), "silence");
}

TEST_F(personal_topics, another_view_drops_what_waited_of_the_old_one) {
  mine.subscribe(wish("a"));
  told(), told();
  change("of a");
  script.answers_at_once = false;
  mine.subscribe(wish("b"));
  change("late, of a");
  EXPECT_EQ(told(), "subscribed");
  EXPECT_EQ(told(), "silence");
  script.line->snapshot("\"b\"");
  change("of b");
  EXPECT_EQ(told(), "snapshot b");
  EXPECT_EQ(told(), "event of b");
  EXPECT_EQ(script.open_views, 1);
}

TEST_F(personal_topics, a_refused_view_leaves_the_old_one) {
  mine.subscribe(wish("a"));
  told(), told();
  script.refusal = "invalid_view";
  mine.subscribe(wish("b"));
  EXPECT_EQ(next().at("refused").at(0).at("code").as_string(), "invalid_view");
  change("of a");
  EXPECT_EQ(told(), "event of a");
}

TEST_F(personal_topics, resuming_gives_a_snapshot) {
  mine.subscribe(wish("a"));
  told(), told();
  change("b");
  mine.resume({.verb = client_verb::resume, .topics = {"view"}, .revision = 7});
  EXPECT_EQ(told(), "snapshot whole");
  EXPECT_EQ(told(), "silence");
}

TEST_F(personal_topics, a_new_socket_that_resumes_is_subscribed) {
  auto again = wish("a");
  again.verb = client_verb::resume;
  mine.resume(again);
  EXPECT_EQ(told(), "subscribed");
  EXPECT_EQ(told(), "snapshot a");
}

TEST_F(personal_topics, they_end_with_the_subscription_and_with_the_socket) {
  mine.subscribe(wish("a"));
  EXPECT_EQ(script.open_views, 1);
  mine.unsubscribe(wish(""));
  EXPECT_EQ(script.open_views, 0);
  mine.subscribe(wish("b"));
  mine.leave();
  EXPECT_EQ(script.open_views, 0);
}

TEST_F(personal_topics, who_may_not_is_refused_and_nothing_is_opened) {
  mine.belong_to({.role = caller_role::user});
  mine.subscribe(wish("a"));
  EXPECT_EQ(next().at("refused").at(0).at("code").as_string(), "permission_denied");
  EXPECT_EQ(script.open_views, 0);
}

}  // namespace
}  // namespace chautari
