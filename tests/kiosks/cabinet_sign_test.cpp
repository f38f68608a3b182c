/// Signatures of captured calls, and of calls made by the same rule.

#include <gtest/gtest.h>

#include <vector>

#include "protocols/kiosks/cabinet_sign.hpp"

namespace chautari {
namespace {

struct signed_call {
  std::string_view name;
  std::vector<signed_parameter> parameters;
  std::string_view text;
  std::string_view sign;
};

std::vector<signed_call> calls() {
  constexpr std::string_view cabinet = "860000000000011";
  return {
      {"s1 upload",
       {{"rentboxSN", cabinet}, {"signal", "CSQ:21"}},
       "rentboxSN=860000000000011|signal=CSQ:21",
       "55f35c5fc0c30086c544dd8fbac46949"},
      {"s2 upload without signal",
       {{"signal", "0"}, {"rentboxSN", cabinet}},
       "rentboxSN=860000000000011|signal=0",
       "c4bf4a694759f06ec0353cb51cc78fbb"},
      {"s3 upload of port one",
       {{"rentboxSN", cabinet}, {"signal", "CSQ:21"}, {"io", "1"}},
       "io=1|rentboxSN=860000000000011|signal=CSQ:21",
       "53da9ac712fb6e39d650ad99d5217c0d"},
      {"s4 connect",
       {{"uuid", cabinet}, {"deviceId", "0"}, {"simUUID", "89000000000000000001"}, {"simMobile", ""}},
       "deviceId=0|simMobile=|simUUID=89000000000000000001|uuid=860000000000011",
       "2df04c6e91777ebe08c714bb1db89262"},
      {"s5 connect without sim",
       {{"uuid", cabinet}, {"deviceId", "0"}, {"simUUID", ""}, {"simMobile", {}}},
       "deviceId=0|simMobile=|simUUID=|uuid=860000000000011",
       "38f20bb04e2d370742436157e3612372"},
      {"s6 return",
       {{"rentboxSN", cabinet}, {"singleSN", "40000001"}, {"hole", "2"}},
       "hole=2|rentboxSN=860000000000011|singleSN=40000001",
       "6cf04f8f20c1650ba3d84b7105dfa519"},
      {"s7 adverts",
       {{"uuid", cabinet}, {"position", "screen"}},
       "position=screen|uuid=860000000000011",
       "c0c3a8d11bad28c111e4fb28b47e6dc6"},
  };
}

TEST(cabinet_sign, every_published_signature_is_reproduced) {
  for (const signed_call& call : calls()) {
    EXPECT_EQ(sign_text(call.parameters), call.text) << call.name;
    EXPECT_EQ(cabinet_sign(call.parameters), call.sign) << call.name;
    EXPECT_TRUE(sign_matches(call.parameters, call.sign)) << call.name;
  }
}

TEST(cabinet_sign, a_missing_altered_or_upper_case_sign_does_not_match) {
  const auto call = calls().front();
  EXPECT_FALSE(sign_matches(call.parameters, ""));
  EXPECT_FALSE(sign_matches(call.parameters, "55f35c5fc0c30086c544dd8fbac46948"));
  EXPECT_FALSE(sign_matches(call.parameters, "55F35C5FC0C30086C544DD8FBAC46949"));
  EXPECT_FALSE(sign_matches(call.parameters, calls().back().sign));
}

TEST(cabinet_sign, pairs_are_ordered_by_byte_and_not_by_letter_or_sign) {
  const std::vector<signed_parameter> pairs{{"b", "1"}, {"\xC3\xA9", "2"}, {"B", "3"}};
  EXPECT_EQ(sign_text(pairs), "B=3|b=1|\xC3\xA9=2");
  EXPECT_EQ(cabinet_sign({}), "d41d8cd98f00b204e9800998ecf8427e");
}

}  // namespace
}  // namespace chautari
