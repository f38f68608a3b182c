#include "config/request_log.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "config/logging.hpp"

namespace chautari {
namespace {

struct counted : server_probe {
  int finished = 0, failed = 0, refused = 0, frames = 0, closed = 0, samples = 0;
  void request_finished(const finished_request&) override { ++finished; }
  void connection_refused() override { ++refused; }
  void handler_failed(std::string_view, std::string_view, std::string_view) override { ++failed; }
  void websocket_frame(bool) override { ++frames; }
  void websocket_closed(int) override { ++closed; }
  void sampled(const lane_sample&) override { ++samples; }
};

struct request_log_test : ::testing::Test {
  std::vector<log_entry> said;
  std::shared_ptr<counted> counting = std::make_shared<counted>();

  request_log told(bool says_all) {
    return {[this](log_entry entry) { said.push_back(std::move(entry)); }, says_all, counting};
  }
  static finished_request answer(int status, double took_s) {
    return {"/api/rentals/{id}", "GET", status, took_s, "req-7"};
  }
  [[nodiscard]] std::vector<std::string> ids() const {
    std::vector<std::string> all;
    for (const auto& entry : said)
      all.push_back(entry.id);
    return all;
  }
};

TEST_F(request_log_test, failures_and_slow_answers_are_told_with_the_id_the_caller_was_given) {
  auto log = told(false);
  log.request_finished(answer(200, 0.2));
  log.request_finished(answer(404, 1.0));
  log.request_finished(answer(200, 1.5));
  log.request_finished(answer(500, 0.003));
  log.request_finished(answer(503, 2.0));
  EXPECT_EQ(ids(), (std::vector<std::string>{"request-slow", "request-failed", "request-failed"}));
  EXPECT_EQ(said[0].level, log_level::warning);
  EXPECT_EQ(said[1].level, log_level::error);
  EXPECT_EQ(said[2].level, log_level::warning);
  EXPECT_EQ(said[0].fields, (decltype(said[0].fields){{"route", "/api/rentals/{id}"},
                                                      {"method", "GET"},
                                                      {"status", "200"},
                                                      {"ms", "1500"},
                                                      {"request_id", "req-7"}}));
}

TEST_F(request_log_test, overload_is_told_when_it_begins_and_ends_and_not_with_each_refusal) {
  auto log = told(true);
  auto refused = answer(503, 0.0);
  refused.shed_as = "new_rental";
  log.overload_changed({.lane = 1, .actors_wait_s = 0.002, .storage_wait_s = 0.25}, true);
  log.request_finished(refused);
  log.request_finished(refused);
  log.overload_changed({.lane = 1}, false);
  EXPECT_EQ(ids(), (std::vector<std::string>{"overload-began", "overload-over"}));
  EXPECT_EQ(said[0].level, log_level::warning);
  EXPECT_EQ(said[0].fields,
            (decltype(said[0].fields){{"lane", "1"}, {"actors_wait_ms", "2"}, {"storage_wait_ms", "250"}}));
  EXPECT_EQ(counting->finished, 2);
}

TEST_F(request_log_test, every_request_is_told_once_where_somebody_debugs) {
  auto log = told(true);
  log.request_finished(answer(200, 0.2));
  log.request_finished(answer(500, 0.2));
  EXPECT_EQ(ids(), (std::vector<std::string>{"request-finished", "request-failed"}));
  EXPECT_EQ(said[0].level, log_level::debug);
}

TEST_F(request_log_test, what_a_handler_threw_is_told_and_still_redacted_on_its_way_out) {
  auto log = told(false);
  log.handler_failed("/api/auth/me", "no user sita@example.com", "req-7");
  ASSERT_EQ(ids(), std::vector<std::string>{"handler-failed"});
  EXPECT_EQ(said[0].level, log_level::error);
  const auto line = render_log_line(said[0], {});
  EXPECT_NE(line.find(R"("what":"no user [redacted]","route":"/api/auth/me","request_id":"req-7")"),
            std::string::npos)
      << line;
}

TEST_F(request_log_test, everything_is_counted_as_before) {
  auto log = told(false);
  log.request_finished(answer(200, 0.2));
  log.handler_failed("/api/auth/me", "it threw", "req-7");
  log.connection_refused();
  log.websocket_frame(true);
  log.websocket_closed(1000);
  log.sampled({});
  for (const int figure : {counting->finished, counting->failed, counting->refused, counting->frames,
                           counting->closed, counting->samples}) {
    EXPECT_EQ(figure, 1);
  }
}

}  // namespace
}  // namespace chautari
