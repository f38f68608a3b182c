#include "http/server/field_reader.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "protocols/base/ids.hpp"

namespace chautari {
namespace {

enum class pay_mode { none, wallet, points };

std::vector<std::string> codes(field_reader& fields) {
  std::vector<std::string> out;
  for (const auto& problem : fields.problems())
    out.push_back(problem.field + ":" + problem.code);
  return out;
}
using listed = std::vector<std::string>;

TEST(field_reader, reads_what_is_well_formed) {
  const auto body =
      boost::json::parse(R"({"sn":"KTM-1","id":"01890a5d-ac96-774b-bcce-b302099a8057","n":5,"f":1.5,"ok":true,
    "sum":"50.5","mode":"points","at":"2026-01-02T03:04:05Z"})");
  field_reader fields{body};
  EXPECT_EQ(fields.text("sn"), "KTM-1");
  EXPECT_EQ(fields.id<rental_id>("id").text(), "01890a5d-ac96-774b-bcce-b302099a8057");
  EXPECT_EQ(fields.integer("n", {.least = 1, .most = 5}), 5);
  EXPECT_EQ(fields.number("f"), 1.5);
  EXPECT_TRUE(fields.flag("ok"));
  EXPECT_EQ(fields.amount("sum"), money{5050});
  EXPECT_EQ(fields.choice<pay_mode>("mode", {{"wallet", pay_mode::wallet}, {"points", pay_mode::points}}),
            pay_mode::points);
  EXPECT_TRUE(fields.optional_time("at").has_value());
  EXPECT_FALSE(fields.optional_text("absent").has_value());
  EXPECT_TRUE(fields.problems().empty());
}

TEST(field_reader, lists_every_bad_field_once) {
  const auto body =
      boost::json::parse(R"({"sn":5,"id":"nope","n":"5","sum":1.5,"mode":"cash","long":"abc","extra":1})");
  field_reader fields{body};
  (void)fields.text("sn");
  (void)fields.id<rental_id>("id");
  (void)fields.integer("n");
  (void)fields.amount("sum");
  (void)fields.choice<pay_mode>("mode", {{"wallet", pay_mode::wallet}});
  (void)fields.text("long", {.longest = 2});
  (void)fields.text("missing");
  EXPECT_EQ(codes(fields),
            (listed{"sn:wrong_type", "id:too_short", "n:wrong_type", "sum:wrong_type", "mode:not_a_choice",
                    "long:too_long", "missing:required", "extra:unknown_field"}));
}

TEST(field_reader, null_is_absent) {
  const auto body = boost::json::parse(R"({"a":null,"b":null})");
  field_reader fields{body};
  EXPECT_FALSE(fields.optional_integer("a").has_value());
  (void)fields.integer("b");
  EXPECT_EQ(codes(fields), listed{"b:required"});
}

TEST(field_reader, money_is_never_floating_point_and_stays_in_range) {
  const auto body = boost::json::parse(R"({"a":"0.00","b":"1e3","c":"2000000000.00","d":7,"e":"-1"})");
  field_reader fields{body};
  (void)fields.amount("a");
  (void)fields.amount("b");
  (void)fields.amount("c");
  EXPECT_EQ(fields.amount("d"), money{700});
  (void)fields.amount("e");
  EXPECT_EQ(codes(fields), (listed{"a:out_of_range", "b:malformed", "c:out_of_range", "e:out_of_range"}));
}

TEST(field_reader, numbers_beyond_int64_are_out_of_range) {
  const auto body = boost::json::parse(R"({"a":18446744073709551615,"b":11})");
  field_reader fields{body};
  (void)fields.integer("a");
  (void)fields.integer("b", {.least = 0, .most = 10});
  EXPECT_EQ(codes(fields), (listed{"a:out_of_range", "b:out_of_range"}));
}

TEST(field_reader, text_that_no_database_takes_is_malformed) {
  const auto body = boost::json::parse(R"({"a":"x\u0000y"})");
  field_reader fields{body};
  (void)fields.text("a");
  EXPECT_EQ(codes(fields), listed{"a:malformed"});
}

TEST(field_reader, an_unknown_field_is_named_in_whole_characters) {
  const std::string name = std::string(62, 'x') + "न";  // Three bytes.
  const boost::json::value body = boost::json::object{{name, 1}};
  field_reader fields{body};
  EXPECT_EQ(fields.problems().front().field, std::string(62, 'x'));
}

TEST(field_reader, a_body_that_is_no_object_is_one_problem) {
  const auto body = boost::json::parse("[1]");
  field_reader fields{body};
  (void)fields.text("a");
  (void)fields.integer("b");
  EXPECT_EQ(codes(fields), listed{":wrong_type"});
}

TEST(field_reader, the_list_of_problems_is_bounded) {
  boost::json::object many;
  for (int at = 0; at < 500; ++at)
    many[std::to_string(at)] = at;
  const boost::json::value body = many;
  field_reader fields{body};
  EXPECT_EQ(fields.problems().size(), 32U);
}

}  // namespace
}  // namespace chautari
