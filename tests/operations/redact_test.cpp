#include "config/redact.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "config/logging.hpp"

namespace chautari {
namespace {

struct redact_case {
  std::string text;
  std::string clean;
};

const std::string jwt = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl_-x";

const std::vector<redact_case> cases{
    {"sent to ram.bahadur+1@example.com.np now", "sent to [redacted] now"},
    {"a@b", "[redacted]"},
    {"call 9841234567.", "call [redacted]."},
    {"+9779841234567", "+[redacted]"},
    {"9779741234567", "[redacted]"},
    {"two: 9841234567,9611111111", "two: [redacted],[redacted]"},
    {"token " + jwt + " refused", "token [redacted] refused"},
    {"Authorization: Bearer abc.def", "Authorization: [redacted]"},
    // What must stay readable.
    {"cabinet 860000000000011", "cabinet 860000000000011"},
    {"rental 0190a1b2-c3d4-7e5f-8a9b-977984123456", "rental 0190a1b2-c3d4-7e5f-8a9b-977984123456"},
    {"at 1767225600000", "at 1767225600000"},
    {"bank 4294967295", "bank 4294967295"},
    {"paid 9841.50 in 98412345678 paisa", "paid 9841.50 in 98412345678 paisa"},
    {"eyJ is no token", "eyJ is no token"},
    {"eyJhbGci.only two parts", "eyJhbGci.only two parts"},
    {"@nobody and somebody@", "@nobody and somebody@"},
    {"", ""},
};

TEST(redact, people_and_tokens_are_blotted_out_and_facts_stay) {
  for (const auto& [text, clean] : cases)
    EXPECT_EQ(redact(text), clean) << text;
}

TEST(redact, what_was_redacted_stays_as_it_is) {
  for (const auto& [text, clean] : cases)
    EXPECT_EQ(redact(clean), clean) << text;
}

TEST(redact, secret_names_are_known_in_any_spelling) {
  for (const auto* name : {"token", "access_token", "refreshToken", "otp", "OTP", "db_password", "pepper"}) {
    EXPECT_TRUE(is_secret_name(name)) << name;
  }
  for (const auto* name : {"imei", "rental_id", "station", "attempt"})
    EXPECT_FALSE(is_secret_name(name)) << name;
}

TEST(log_line, a_line_is_one_json_object_with_its_event_and_fields) {
  const log_entry entry{log_level::warning,
                        "otp-refused",
                        "Could not send to 9841234567\nand \"more\".",
                        {{"otp", "123456"}, {"imei", "860000000000011"}, {"to", "a@b.np"}}};
  const auto line = render_log_line(entry, from_ms(1'767'225'600'678));
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const auto json = boost::json::parse(line).as_object();
  EXPECT_EQ(json.at("ts").as_string(), "2026-01-01T00:00:00.678Z");
  EXPECT_EQ(json.at("level").as_string(), "warning");
  EXPECT_EQ(json.at("event").as_string(), "otp-refused");
  EXPECT_EQ(json.at("msg").as_string(), "Could not send to [redacted]\nand \"more\".");
  const auto& fields = json.at("fields").as_object();
  EXPECT_EQ(fields.at("otp").as_string(), "[redacted]");
  EXPECT_EQ(fields.at("imei").as_string(), "860000000000011");
  EXPECT_EQ(fields.at("to").as_string(), "[redacted]");
}

}  // namespace
}  // namespace chautari
