#include "protocols/rentals/explanation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "protocols/rentals/rental_summary.hpp"
#include "protocols/rentals/story_tables.hpp"

namespace chautari {
namespace {

using sentences = std::vector<std::string>;

const timestamp noon = *parse_rfc3339("2026-01-01T12:00:00Z");

/// One hour for 50.00 from Asan, out since noon; twice the rate after 2 minutes, 100.00 a day at most.
rental_image out_since_noon() {
  rental_image rental;
  rental.code = "AB12CD34";
  rental.rider_name = "asha";
  rental.station_name = "Asan";
  rental.station_serial = {"ASAN"};
  rental.slot = 4;
  rental.bank_serial = {1001};
  rental.package.name = "1 hour";
  rental.package.duration_minutes = 60;
  rental.package.price = rental.price = {50'00};
  rental.late_fee.grace_minutes = 2;
  rental.late_fee.daily_cap = money{100'00};
  rental.status = rental_status::active;
  rental.created_at = noon - seconds{4};
  rental.started_at = noon;
  rental.due_at = noon + minutes{60};
  return rental;
}

rental_image returned_at(timestamp at, money late_fee = {}) {
  auto rental = out_since_noon();
  rental.status = rental_status::completed;
  rental.closure = closure_reason::returned;
  rental.ended_at = at;
  rental.return_station_name = "Boudha";
  rental.return_slot = 2;
  rental.late_fee_charged = late_fee;
  rental.life.paid_later = late_fee;
  return rental;
}

sentences told(const rental_image& rental, story_reader reader = story_reader::operators,
               timestamp now = noon + minutes{10}) {
  return summary_of(rental, now, reader);
}

TEST(summary, of_a_timely_return_is_four_sentences) {
  const auto rental = returned_at(noon + minutes{40});
  EXPECT_EQ(
      told(rental),
      (sentences{"Rental AB12CD34: asha asked for a bank at Asan on 2026-01-01T11:59:56.000Z.",
                 "Bank 1001 was out from 2026-01-01T12:00:00.000Z to 2026-01-01T12:40:00.000Z, 40 of 60 "
                 "minutes, and came back in time to Boudha, slot 2.",
                 "1 hour for NPR 50.00.", "Charged NPR 50.00, all of it paid."}));
  EXPECT_EQ(told(rental, story_reader::english),
            (sentences{"You had power bank 1001 from 2026-01-01 17:45 to 2026-01-01 18:25: 40 of 60 minutes.",
                       "1 hour: NPR 50.00.", "Everything is paid."}))
      << "riders read the time in Nepal";
  EXPECT_EQ(told(rental, story_reader::nepali), (sentences{"तपाईंले पावर बैंक 1001 2026-01-01 17:45 देखि "
                                                           "2026-01-01 18:25 सम्म "
                                                           "राख्नुभयो: 60 मध्ये 40 मिनेट।",
                                                           "1 hour: रु 50.00।", "सबै तिरिसकिएको छ।"}));
}

// E2 and E3 of the formulas, in words.
TEST(summary, of_a_late_return_shows_the_sum_and_names_the_cap_only_when_it_bites) {
  const auto fee_of = [](const rental_image& rental) { return told(rental).at(3); };
  EXPECT_EQ(fee_of(returned_at(noon + minutes{60 + 32}, {50'00})),
            "Late fee: 32 minutes, 2 of them free, at 2.00 times NPR 50.00 for 60 minutes is NPR 50.00.");
  EXPECT_EQ(
      fee_of(returned_at(noon + minutes{60 + 100}, {100'00})),
      "Late fee: 100 minutes, 2 of them free, at 2.00 times NPR 50.00 for 60 minutes is NPR 100.00; never "
      "more than NPR 100.00 a day.");
  auto flat = returned_at(noon + minutes{60 + 90}, {7'50});
  flat.late_fee = {};
  flat.late_fee.kind = late_fee_kind::flat_rate;
  flat.late_fee.flat_per_hour = {5'00};
  EXPECT_EQ(fee_of(flat), "Late fee: 90 minutes and NPR 5.00 an hour is NPR 7.50.");
}

TEST(summary, of_a_postpaid_rental_shows_minutes_rate_and_discount) {
  auto rental = returned_at(noon + minutes{95} + seconds{40});  // E8
  rental.price = {};
  rental.package.price = {150'00};
  rental.package.duration_minutes = 240;
  rental.package.model = payment_model::postpaid;
  rental.due_at = noon + minutes{240};
  rental.life.usage_charged = rental.life.paid_later = {53'44};
  rental.life.discount_hundredths = 10'00;
  EXPECT_EQ(
      told(rental).at(2),
      "Paid after use: 95 of at most 240 minutes at NPR 150.00 for 240 minutes is NPR 53.44, a discount of "
      "10.00 % taken off.");
}

TEST(summary, says_where_an_open_rental_stands_now) {
  auto rental = out_since_noon();
  EXPECT_EQ(told(rental, story_reader::english).front(),
            "You have power bank 1001 since 2026-01-01 17:45. Bring it back by 2026-01-01 18:45.");
  rental.status = rental_status::overdue;
  EXPECT_EQ(told(rental, story_reader::english, noon + minutes{92}).back(), "NPR 50.00 to pay so far.");
  rental.life.claim = return_claim{{}, {}, 3, -1, noon + minutes{61}, 0};
  const auto claimed = told(rental, story_reader::operators, noon + minutes{92});
  EXPECT_EQ(claimed.at(2).rfind("A cabinet claimed over HTTP at 2026-01-01T13:01:00.000Z", 0), 0U);
  EXPECT_EQ(claimed.back(), "Charged NPR 50.00, all of it paid.") << "the clock stands still";
}

TEST(summary, of_every_other_end_says_how_it_came_and_where_the_money_is) {
  auto rental = out_since_noon();
  rental.status = rental_status::cancelled;
  rental.life.adjustment = -rental.price;
  rental.life.paid_later = -rental.price;
  rental.ended_at = noon + minutes{1};
  const auto ends = [&](closure_reason why) {
    rental.closure = why;
    const auto lines = told(rental, story_reader::english);
    return lines.front() + ' ' + lines.back();
  };
  EXPECT_EQ(ends(closure_reason::user),
            "You brought power bank 1001 back at once. Everything you paid was returned.");
  EXPECT_EQ(ends(closure_reason::admin),
            "Our staff cancelled this rental. Everything you paid was returned.");
  rental.started_at.reset();
  EXPECT_EQ(ends(closure_reason::eject_failed), "No power bank came out. Everything you paid was returned.");
  EXPECT_EQ(ends(closure_reason::user),
            "You cancelled, and no power bank came out. Everything you paid was returned.");

  auto lost = returned_at(noon + hours{73}, {100'00});
  lost.closure = closure_reason::lost;
  lost.return_station_name.clear();
  lost.life.lost_penalty_charged = {5'000'00};
  lost.due = {5'000'00};
  const auto lines = told(lost, story_reader::english);
  EXPECT_EQ(lines.front(), "Power bank 1001 did not come back and counts as lost since 2026-01-04 18:45.");
  EXPECT_EQ(lines.at(lines.size() - 2), "For the lost power bank: NPR 5000.00.");
  EXPECT_EQ(lines.back(), "NPR 5000.00 is still owed.");
}

TEST(due, is_the_bill_of_the_moment_the_clock_stands_at) {
  auto rental = out_since_noon();
  const auto due = [&](timestamp now) {
    return std::string{boost::json::parse(due_json(rental, now)).at("due").as_string()};
  };
  EXPECT_EQ(due(noon + minutes{61}), "0.00");
  EXPECT_EQ(due(noon + minutes{92}), "50.00");
  EXPECT_EQ(due(noon + minutes{160}), "100.00");
  rental.life.swap = pending_swap{};
  EXPECT_EQ(due(noon + minutes{92}), "50.00") << "an intent alone stops nothing";
  rental.life.swap->returned_at = noon + minutes{4};
  EXPECT_EQ(due(noon + minutes{92}), "0.00");
  EXPECT_EQ(counted_until(rental, noon + minutes{92}), noon + minutes{4});
  rental.life.swap.reset();
  rental.life.claim = return_claim{{}, {}, 1, -1, noon - minutes{5}, 0};
  EXPECT_EQ(counted_until(rental, noon + minutes{92}), noon) << "never before its start";
}

TEST(explanation, tells_each_fact_with_both_its_times_its_rule_and_what_the_rule_says) {
  rental_explanation found;
  found.story.found = found_rental{returned_at(noon + minutes{40}), {}};
  found.story.log = {{{}, 2, "ejection-confirmed", "4.8-5", noon, noon + seconds{2}, R"({"bank":"1002"})"},
                     {{}, 3, "something-new", "", noon, noon, "not json"},
                     {{},
                      4,
                      "rental-returned",
                      "3.9-3",
                      noon + minutes{40},
                      noon + minutes{50},
                      R"({"station":"BOU","slot":2,"late_fee":"0.00","due":"0.00","points":55})"}};
  const auto told = boost::json::parse(rental_explanation_json(found, noon + hours{1}));
  const auto fact = [&](std::size_t n) { return told.at("facts").as_array().at(n); };
  EXPECT_EQ(fact(0).at("at"), "2026-01-01T12:00:00.000Z");
  EXPECT_EQ(fact(0).at("recorded_at"), "2026-01-01T12:00:02.000Z");
  EXPECT_EQ(fact(0).at("rule_text"), "The cabinet gave another bank: that one is out on this rental.");
  EXPECT_EQ(fact(0).at("text"), "Bank 1002 is out; the clock runs.")
      << "the fact's own data before the rental's";
  EXPECT_EQ(fact(1).at("text"), "Something new.") << "what nobody has words for is told by its name";
  EXPECT_TRUE(fact(1).at("rule").is_null());
  EXPECT_TRUE(fact(1).at("rule_text").is_null());
  EXPECT_EQ(fact(2).at("text"), "Bank 1001 is back at BOU, slot 2; 55 points awarded.");
  EXPECT_EQ(told.at("money").at("bill").at("charged"), "50.00");
  const auto rider =
      boost::json::parse(rider_explanation_json(found, noon + hours{1}, story_reader::english));
  EXPECT_EQ(rider.at("steps").as_array().size(), 2U) << "nothing nobody has words for";
  EXPECT_EQ(rider.at("steps").at(1).at("text"), "The power bank came back at Boudha; you got 55 points.");
}

TEST(rule_text, of_an_unknown_case_is_its_sections) {
  EXPECT_EQ(rule_text("4.8-99"), rule_text("4.8"));
  EXPECT_FALSE(rule_text("3.9-2").empty());
  EXPECT_TRUE(rule_text("").empty());
  EXPECT_TRUE(rule_text("9.9-1").empty());
}

TEST(filled_in, drops_what_is_not_known_and_never_leaves_a_gap_unmarked) {
  const boost::json::object facts{{"a", "one"}, {"b", 2}, {"none", nullptr}, {"zero", 0}, {"free", "0.00"}};
  EXPECT_EQ(filled_in("{a} and {b}[, {none}][, {zero}][, {free}][, {gone}][; {a}]", facts), "one and 2; one");
  EXPECT_EQ(filled_in("{gone}", facts), "–");
  EXPECT_EQ(filled_in("{a", facts), "–") << "a pattern that is none breaks nothing";
}

/// What the rentals write and nobody can tell would be a hole in every story.
TEST(story_tables, have_words_for_every_fact_that_a_rental_writes) {
  const auto root = std::filesystem::path{__FILE__}.parent_path().parent_path().parent_path();
  const std::regex written{
      R"re((?:add_state\([^{;]*\{|[.]kind = |std::string kind = )"([a-z]+(?:-[a-z]+)+)")re"};
  std::set<std::string> kinds;
  for (const auto& file : std::filesystem::directory_iterator{root / "actors/rentals"}) {
    std::ifstream in{file.path()};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    for (std::sregex_iterator found{text.begin(), text.end(), written}, end; found != end; ++found)
      kinds.insert((*found)[1]);
  }
  EXPECT_GE(kinds.size(), 15U) << "the way they are written has changed: change this test";
  for (const auto& kind : kinds) {
    const auto words = fact_words();
    EXPECT_TRUE(std::any_of(words.begin(), words.end(), [&](const auto& one) { return one.kind == kind; }))
        << kind;
  }
}

/// The tables are data: nothing else checks them.
TEST(story_tables, say_the_same_in_both_languages_and_name_rules_that_exist) {
  const auto names_in = [](std::string_view pattern) {
    std::multiset<std::string> names;
    for (auto open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1))
      names.insert(std::string{pattern.substr(open, pattern.find('}', open) - open)});
    return names;
  };
  std::set<std::string_view> kinds;
  for (const auto table : {fact_words(), summary_words()}) {
    for (const auto& words : table) {
      EXPECT_TRUE(kinds.insert(words.kind).second) << words.kind << " is there twice";
      EXPECT_EQ(words.english.empty(), words.nepali.empty()) << words.kind;
      EXPECT_EQ(names_in(words.english), names_in(words.nepali)) << words.kind;
      EXPECT_TRUE(words.rule.empty() || !rule_text(words.rule).empty()) << words.kind;
      EXPECT_FALSE(words.operators.empty()) << words.kind;
      for (const auto pattern : {words.operators, words.english, words.nepali})
        EXPECT_EQ(std::count(pattern.begin(), pattern.end(), '['),
                  std::count(pattern.begin(), pattern.end(), ']'))
            << words.kind;
    }
  }
}

}  // namespace
}  // namespace chautari
