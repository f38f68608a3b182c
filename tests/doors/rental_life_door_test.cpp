/// What a rider can want of a rental beside starting it: each verb, as it reaches the rental and as it is
/// answered.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <set>

#include "http/operations/refusals.hpp"
#include "protocols/base/refusal.hpp"
#include "tests/support/rider_client.hpp"
#include "tests/support/riders_stage.hpp"

namespace chautari {
namespace {

using testing::a_rental;
using testing::a_station;
using testing::http_answer;
using testing::id_named;
using testing::rider_client;
using testing::riders_stage;
using problems = std::vector<std::string>;

const station_view asan = a_station("ASAN", "Asan", 27.7172, 85.3240);
const std::string package = testing::an_hour().id.text();

struct rental_life_door : ::testing::Test {
  riders_stage stage;
  rider_client asha{stage.port(), "asha"};
  rental_image rental = a_rental(riders_stage::rider("asha"), asan);
  std::string path = "/api/rentals/" + rental.id.text();

  http_answer post(std::string_view verb, const std::string& body, const std::string& key = "key-1") {
    return asha.post(path + '/' + std::string{verb}, body, {{"Idempotency-Key", key}});
  }
};

TEST_F(rental_life_door, a_wish_for_more_time_reaches_the_rental_as_it_was_said) {
  std::vector<extend_rental> asked;
  stage.says.extend = [&](const extend_rental& wish) {
    asked.push_back(wish);
    return rental_answer{200, R"({"extended_minutes":60})"};
  };
  const auto answer = post("extend", R"({"package_id":")" + package + R"(","payment_mode":"wallet"})");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.at("/data/extended_minutes"), 60);
  EXPECT_EQ(answer.header("idempotency-replayed"), "");
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].from.rider, riders_stage::rider("asha"));
  EXPECT_EQ(asked[0].from.rental, rental.id);
  EXPECT_EQ(asked[0].package, testing::an_hour().id);
  EXPECT_EQ(asked[0].pay.mode, payment_mode::wallet);
}

TEST_F(rental_life_door, the_same_key_is_the_same_command_and_another_rental_under_it_is_not) {
  std::vector<extend_rental> asked;
  stage.says.extend = [&](const extend_rental& wish) {
    asked.push_back(wish);
    return rental_answer{200, "{}"};
  };
  const std::string body = R"({"package_id":")" + package + R"("})";
  post("extend", body);
  post("extend", body);
  post("extend", R"({"package_id": ")" + package + R"("})");
  path = "/api/rentals/" + id_named<rental_id>("another").text();
  post("extend", body);
  stage.says.pay = [&](const pay_due& wish) {
    asked.push_back({wish.from, {}, {}});
    return rental_answer{200, "{}"};
  };
  post("pay-due", "{}");
  ASSERT_EQ(asked.size(), 5U);
  EXPECT_EQ(asked[0].from.id, asked[1].from.id);
  EXPECT_EQ(asked[0].from.body_hash, asked[1].from.body_hash);
  EXPECT_NE(asked[0].from.body_hash, asked[2].from.body_hash) << "another body";
  EXPECT_EQ(asked[0].from.id, asked[3].from.id);
  EXPECT_NE(asked[0].from.body_hash, asked[3].from.body_hash) << "another rental";
  EXPECT_FALSE(asked[0].from.id == asked[4].from.id) << "another verb";
}

TEST_F(rental_life_door, a_repeated_command_is_answered_as_before_and_marked) {
  stage.says.pay = [](const pay_due&) { return rental_answer{200, R"({"amount_paid":"100.00"})", true}; };
  const auto paid = post("pay-due", "{}");
  EXPECT_EQ(paid.header("idempotency-replayed"), "true");
  EXPECT_EQ(paid.at("/data/amount_paid"), "100.00");
  // A failure that was stored is told in the language of who asks, first or again.
  for (const bool is_replay : {false, true}) {
    stage.says.cancel = [is_replay](const cancel_rental&) {
      return rental_answer{409, R"({"code":"ejection_in_progress","message":"old"})", is_replay};
    };
    const auto told = asha.post(path + "/cancel", R"({"reason":"Nothing comes out"})",
                                {{"Idempotency-Key", "k"}, {"Accept-Language", "ne"}});
    EXPECT_EQ(told.status, 409);
    EXPECT_EQ(told.code(), "ejection_in_progress");
    EXPECT_EQ(told.at("/error/message"),
              boost::json::value(text_of(rental_refusal::ejection_in_progress).nepali));
    EXPECT_EQ(told.header("idempotency-replayed"), is_replay ? "true" : "");
  }
}

TEST_F(rental_life_door, a_swap_says_why_and_is_accepted_with_202) {
  swap_rental asked;
  stage.says.swap = [&](const swap_rental& wish) {
    asked = wish;
    return rental_answer{202, R"({"status":"WAITING_FOR_RETURN"})"};
  };
  const auto answer =
      post("swap", R"({"reason":"WRONG_CABLE","description":"तार मिलेन","powerbank_sn":"1002"})");
  EXPECT_EQ(answer.status, 202) << answer.body;
  EXPECT_EQ(asked.reason, swap_reason::wrong_cable);
  EXPECT_EQ(asked.description, "तार मिलेन");
  EXPECT_EQ(asked.wanted, bank_sn{1002});
  for (int n = 0; n < 4; ++n)
    EXPECT_EQ(post("swap", R"({"reason":"OTHER"})").status, 202);
  EXPECT_EQ(post("swap", R"({"reason":"OTHER"})").code(), "rate_limit_exceeded") << "five a minute";
}

TEST_F(rental_life_door, what_cannot_be_meant_is_listed_and_never_reaches_the_rental) {
  const std::string long_text(256, 'x');
  const std::vector<std::tuple<std::string, std::string, problems>> wrong{
      {"extend", "{}", {"package_id:required"}},
      {"swap", R"({"reason":"BORED"})", {"reason:not_a_choice"}},
      {"swap",
       R"({"reason":"OTHER","description":")" + long_text + long_text + R"("})",
       {"description:too_long"}},
      {"cancel", "{}", {"reason:required"}},
      {"cancel", R"({"reason":"no"})", {"reason:too_short"}},
      {"cancel", R"({"reason":")" + long_text + R"("})", {"reason:too_long"}},
      {"pay-due",
       R"({"amount":"0.00","payment_mode":"barter","tip":1})",
       {"payment_mode:not_a_choice", "amount:out_of_range", "tip:unknown_field"}},
      {"location", R"({"latitude":91,"longitude":85.3})", {"latitude:out_of_range"}},
      {"issues",
       R"({"issue_type":"DIRTY","description":"short","images":["https://elsewhere/x.png"]})",
       {"issue_type:not_a_choice", "description:too_short", "images[0]:malformed"}},
  };
  for (const auto& [verb, body, expected] : wrong) {
    const auto answer = post(verb, body);
    EXPECT_EQ(answer.status, 400) << verb << body;
    EXPECT_EQ(answer.problems(), expected) << verb << body;
  }
  for (const auto* verb : {"extend", "swap", "cancel", "pay-due"})
    EXPECT_EQ(asha.post(path + '/' + verb, "{}").problems(), problems{"Idempotency-Key:required"}) << verb;
  path = "/api/rentals/7";
  for (const auto* verb : {"extend", "swap", "cancel", "pay-due", "location", "issues"})
    EXPECT_EQ(post(verb, "{}").code(), "rental_not_found") << verb;
}

TEST_F(rental_life_door, what_is_owed_is_the_bill_of_this_moment) {
  stage.says.live_rental = [this](const look_at_rental&) { return rental; };
  EXPECT_EQ(asha.get(path + "/calculate-due").at("/data/due"), "0.00") << "prepaid and in time";
  stage.wind(minutes{55 + 30});  // 30 minutes late, at twice 50/60 a minute.
  const auto late = asha.get(path + "/calculate-due");
  EXPECT_EQ(late.at("/data/base"), "50.00");
  EXPECT_EQ(late.at("/data/late_fee"), "50.00");
  EXPECT_EQ(late.at("/data/paid"), "50.00");
  EXPECT_EQ(late.at("/data/due"), "50.00");
  EXPECT_EQ(late.at("/data/as_of"), boost::json::value(to_rfc3339(stage.now())));
  // A cabinet claims that it is back: the clock stands still.
  rental.life.claim = return_claim{asan.facts.id, {}, 3, -1, stage.now() - minutes{15}, 0};
  EXPECT_EQ(asha.get(path + "/calculate-due").at("/data/late_fee"), "25.00");
  stage.says.live_rental = [](const look_at_rental&) { return refuse(rental_refusal::rental_not_found); };
  stage.says.stored_rental = [](const load_rental&) { return rental_lookup{}; };
  EXPECT_EQ(asha.get(path + "/calculate-due").code(), "rental_not_found");
}

TEST_F(rental_life_door, where_the_rider_is_is_noted_with_the_servers_time) {
  note_location noted;
  stage.says.locate = [&](const note_location& wish) {
    noted = wish;
    return caf::unit;
  };
  const auto answer = post("location", R"({"latitude":27.7,"longitude":85.3})");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.at("/data/recorded_at"), boost::json::value(to_rfc3339(stage.now())));
  EXPECT_EQ(noted.rider, riders_stage::rider("asha"));
  EXPECT_EQ(noted.where.rental, rental.id);
  EXPECT_EQ(noted.where.accuracy_m, 10) << "unless said";
  stage.says.locate = [](const note_location&) { return refuse(rental_refusal::location_too_often); };
  const auto refused = post("location", R"({"latitude":27.7,"longitude":85.3,"accuracy":4.5})");
  EXPECT_EQ(refused.status, 429);
  EXPECT_FALSE(refused.header("retry-after").empty());
}

TEST_F(rental_life_door, totals_are_remembered_for_five_minutes_for_each_rider) {
  int asked = 0;
  stage.says.stats = [&](const load_rental_stats& question) {
    ++asked;
    rental_stats stats;
    stats.rentals = question.rider == riders_stage::rider("asha") ? 12 : 3;
    stats.charged = money{620'00};
    stats.favourite_station = "Asan";
    return stats;
  };
  EXPECT_EQ(asha.get("/api/rentals/stats").at("/data/total_rentals"), 12);
  stage.wind(minutes{4});
  const auto again = asha.get("/api/rentals/stats");
  EXPECT_EQ(again.at("/data/total_spent"), "620.00");
  EXPECT_TRUE(again.at("/data/last_rental_at").is_null());
  EXPECT_EQ(asked, 1);
  rider_client bikash{stage.port(), "bikash"};
  EXPECT_EQ(bikash.get("/api/rentals/stats").at("/data/total_rentals"), 3) << "never another rider's";
  stage.wind(minutes{1});
  asha.get("/api/rentals/stats");
  EXPECT_EQ(asked, 3);
}

TEST_F(rental_life_door, a_rider_reads_the_story_in_their_language_and_nobody_elses) {
  stage.says.explanation = [this](const load_explanation& question) {
    rental_explanation found;
    if (question.rental != rental.id) return found;
    found.story.found = found_rental{rental, {}};
    found.story.log = {
        {rental.id, 2, "ejection-confirmed", "4.8-4", *rental.started_at, *rental.started_at, "{}"}};
    return found;
  };
  const auto english = asha.get(path + "/explanation");
  EXPECT_EQ(english.at("/data/steps/0/text"), "Power bank 1001 came out; your time began.");
  EXPECT_EQ(english.at("/data/bill/due"), "0.00");
  EXPECT_TRUE(english.at("/data/facts").is_null()) << "rules and ledger lines are the operators'";
  const auto nepali = asha.get(path + "/explanation", {{"Accept-Language", "ne"}});
  EXPECT_EQ(nepali.at("/data/steps/0/text"), "पावर बैंक 1001 निस्कियो; तपाईंको समय सुरु भयो।");
  rider_client bikash{stage.port(), "bikash"};
  EXPECT_EQ(bikash.get(path + "/explanation").code(), "rental_not_found");
  EXPECT_EQ(asha.get("/api/rentals/" + package + "/explanation").code(), "rental_not_found");
}

TEST_F(rental_life_door, a_report_about_a_rental_is_taken_under_both_names) {
  report_rental_issue asked;
  stage.says.report = [&](const report_rental_issue& wish) {
    asked = wish;
    rental_issue_image issue;
    issue.id = id_named<issue_id>("issue");
    issue.rental = wish.rental;
    issue.type = wish.type;
    issue.description = wish.description;
    issue.images = wish.images;
    issue.reported_at = stage.now();
    return issue;
  };
  const std::string body =
      R"({"issue_type":"POWER_BANK_LOST","description":"It fell into the river","images":["/media/1.jpg"]})";
  for (const auto* verb : {"issues", "report-issue"}) {
    const auto answer = asha.post(path + '/' + verb, body);
    EXPECT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(answer.at("/data/issue_type"), "POWER_BANK_LOST");
    EXPECT_EQ(answer.at("/data/status"), "REPORTED");
  }
  EXPECT_EQ(asked.reporter, riders_stage::rider("asha"));
  EXPECT_EQ(asked.rental, rental.id);
  EXPECT_EQ(asked.images, R"(["/media/1.jpg"])");
  stage.says.report = [](const report_rental_issue&) {
    return refuse(station_refusal::duplicate_issue_report);
  };
  EXPECT_EQ(asha.post(path + "/issues", body).code(), "duplicate_issue_report");
}

// ---- what a rider has reported, about stations and rentals together

/// A database of two lists, read as the real one is: newest first, until a moment, at most so many.
struct own_reports : rental_life_door {
  std::vector<issue_view> stations;
  std::vector<rental_issue_view> rentals;

  own_reports() {
    stage.says.station_reports = [this](const list_issues& asked) {
      issue_page page;
      read(stations, asked, page);
      return page;
    };
    stage.says.rental_reports = [this](const list_rental_issues& asked) {
      rental_issue_page page;
      read(rentals, asked, page);
      return page;
    };
  }
  template <class List, class Question, class Page>
  static void read(const List& all, const Question& asked, Page& page) {
    EXPECT_EQ(asked.reporter, riders_stage::rider("asha"));
    page.total = static_cast<std::int64_t>(all.size());
    for (auto one = all.rbegin(); one != all.rend(); ++one) {
      if (asked.until && one->issue.reported_at >= *asked.until) continue;
      if (page.issues.size() == static_cast<std::size_t>(asked.limit)) {
        page.next_cursor = "more";
        break;
      }
      page.issues.push_back(*one);
    }
  }
  void report(int minute, bool is_rental) {
    const auto at = testing::sample_time + minutes{minute};
    const auto id = id_named<issue_id>(std::to_string(minute) + (is_rental ? "rental" : "station"));
    if (is_rental) {
      rental_issue_view view;
      view.issue.id = id;
      view.issue.reported_at = at;
      view.issue.images = "[]";
      rentals.push_back(view);
    } else {
      issue_view view;
      view.issue.id = id;
      view.issue.reported_at = at;
      view.issue.images = "[]";
      stations.push_back(view);
    }
  }
  std::vector<std::string> told(const http_answer& answer) {
    std::vector<std::string> list;
    const auto results = answer.at("/data/results");
    for (const auto& row : results.as_array())
      list.push_back(std::string{row.at("scope").as_string()} + ' ' +
                     std::string{row.at("reported_at").as_string().subview(14, 2)});
    return list;
  }
};

TEST_F(own_reports, both_kinds_are_one_list_and_no_page_loses_or_repeats_one) {
  for (int minute = 0; minute < 30; ++minute)
    report(minute, minute % 3 == 0);
  report(29, true);  // The same moment as a station's.
  std::vector<std::string> all;
  std::string cursor;
  for (int page = 0; page < 20; ++page) {
    const auto answer =
        asha.get("/api/issues/my-reports?limit=4" + (cursor.empty() ? "" : "&cursor=" + cursor));
    ASSERT_EQ(answer.status, 200) << answer.body;
    for (auto& one : told(answer))
      all.push_back(std::move(one));
    if (answer.at("/data/next_cursor").is_null()) break;
    cursor = std::string{answer.at("/data/next_cursor").as_string()};
  }
  ASSERT_EQ(all.size(), 31U);
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 31U);
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.substr(a.size() - 2) > b.substr(b.size() - 2);
  }));
  EXPECT_EQ(asha.get("/api/issues/my-reports?cursor=abc").problems(), problems{"cursor:malformed"});
}

TEST_F(own_reports, old_clients_page_by_number_and_each_kind_can_be_had_alone) {
  for (int minute = 0; minute < 6; ++minute)
    report(minute, minute % 2 == 0);
  const auto second = asha.get("/api/stations/my-reports?page=2&page_size=4");
  EXPECT_EQ(told(second), (std::vector<std::string>{"station 01", "rental 00"}));
  EXPECT_EQ(second.at("/data/pagination/total_count"), 6);
  EXPECT_EQ(asha.get("/api/issues/my-reports?page=300&page_size=4").problems(),
            problems{"page:out_of_range"});
  EXPECT_EQ(told(asha.get("/api/issues/my-reports?issue_scope=rental")),
            (std::vector<std::string>{"rental 04", "rental 02", "rental 00"}));
  EXPECT_EQ(told(asha.get("/api/issues/my-reports?issue_scope=station&limit=1")),
            std::vector<std::string>{"station 05"});
}

}  // namespace
}  // namespace chautari
