#include "protocols/kiosks/report_meaning.hpp"

#include <gtest/gtest.h>

#include "protocols/kiosks/cabinet_a8.hpp"

namespace chautari {
namespace {

std::string meaning(const cabinet_message& message) {
  cabinet_report report;
  report.raw = encode(message);
  return meaning_of(report);
}

TEST(meaning_of, tells_what_a_cabinet_said_in_one_sentence) {
  return_report pushed;
  pushed.slot = 3;
  pushed.sn = bank_sn{1001};
  pushed.state = 0x01;
  pushed.bank = return_report::bank_condition{1, 80};
  EXPECT_EQ(meaning(pushed), "Bank 1001 was pushed into slot 3: returned (01), 80 %.");
  bank_ejection_reply out;
  out.sn = bank_sn{1001};
  out.state = 0x12;
  EXPECT_EQ(meaning(out), "Bank 1001 was to come out: ambiguous (12).");
  board_record board;
  board.slots.resize(2);
  board.slots[0].slot = 1;
  board.slots[0].sn = bank_sn{1002};
  board.slots[0].charge_percent = 255;
  board.slots[1].slot = 2;
  EXPECT_EQ(meaning(cabinet_snapshot{{board}}), "A look at 2 slots: 1002 in slot 1.");
}

TEST(meaning_of, never_fails_whatever_the_bytes_are) {
  cabinet_report report;
  EXPECT_EQ(meaning_of(report).rfind("A frame that cannot be read", 0), 0U);
  report.raw = {0xA8, 0x00, 0x05, 0x40, 0x13};
  EXPECT_FALSE(meaning_of(report).empty());
  report.door = transport::http;
  const std::string call = "rentboxSN=860000000000011&singleSN=1001\xFF";
  report.raw.assign(call.begin(), call.end());
  const auto told = meaning_of(report);
  EXPECT_EQ(told.rfind("An HTTP call, which proves nothing: rentboxSN=860000000000011", 0), 0U);
  EXPECT_EQ(told.find('\xFF'), std::string::npos) << "an answer is valid UTF-8 whatever a cabinet sends";
}

}  // namespace
}  // namespace chautari
