/// What a bridge posts, as words; and how it is signed.
#include "http/compatibility/sync_reader.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "http/compatibility/sync_signature.hpp"
#include "protocols/kiosks/cabinet_a8_meaning.hpp"

namespace chautari {
namespace {

constexpr timestamp noon = from_ms(1'767'225'600'000);

std::variant<cabinet_sync, sync_mistake> read(std::string_view text) {
  return read_sync(boost::json::parse({text.data(), text.size()}), noon + seconds{5});
}
std::string_view mistake_in(std::string_view text) {
  const auto outcome = read(text);
  const auto* mistake = std::get_if<sync_mistake>(&outcome);
  return mistake == nullptr ? std::string_view{} : mistake->code;
}
std::string posted(std::string_view type, std::string_view rest) {
  return R"({"type":")" + std::string{type} +
         R"(","device":{"serial_number":"ignored","imei":"860000000000011"},"timestamp":1767225600)" +
         std::string{rest} + "}";
}

constexpr std::string_view vector_body =
    R"({"type":"status","device":{"serial_number":"860000000000011","status":"ONLINE"},)"
    R"("timestamp":1767225600})";

TEST(sync_signature, the_specifications_vector_comes_out) {
  EXPECT_EQ(sync_signature("test-secret", vector_body, "1767225600"),
            "EKU2G+2jeyw/q/eXX6zwdDOP8Mut7KWrAGMLukGxq6U=");
}

TEST(sync_signature, another_secret_body_or_time_is_not_signed) {
  const std::string right = "EKU2G+2jeyw/q/eXX6zwdDOP8Mut7KWrAGMLukGxq6U=";
  EXPECT_TRUE(is_signed("test-secret", vector_body, "1767225600", right));
  EXPECT_FALSE(is_signed("test-secreT", vector_body, "1767225600", right));
  EXPECT_FALSE(is_signed("test-secret", std::string{vector_body} + " ", "1767225600", right));
  EXPECT_FALSE(is_signed("test-secret", vector_body, "1767225601", right));
  EXPECT_FALSE(is_signed("test-secret", vector_body, "1767225600", right.substr(1)));
  EXPECT_FALSE(is_signed("test-secret", vector_body, "1767225600", ""));
}

TEST(sync_signature, the_clock_may_differ_by_three_hundred_seconds) {
  EXPECT_TRUE(is_timely("1767225600", noon + seconds{300}));
  EXPECT_TRUE(is_timely("1767225600", noon - seconds{300}));
  EXPECT_FALSE(is_timely("1767225600", noon + seconds{301}));
  EXPECT_FALSE(is_timely("1767225600", noon - seconds{301}));
  for (const auto* wrong : {"", "now", "1767225600 ", "1767225600.0", "99999999999999999999"})
    EXPECT_FALSE(is_timely(wrong, noon)) << wrong;
}

TEST(sync_reader, a_status_names_its_cabinet_by_imei_or_by_the_old_serial_number) {
  const auto by_serial = read(vector_body);
  ASSERT_TRUE(std::holds_alternative<cabinet_sync>(by_serial));
  const auto& said = std::get<cabinet_sync>(by_serial);
  EXPECT_EQ(said.cabinet.value, "860000000000011");
  EXPECT_EQ(said.said_at, noon);
  EXPECT_TRUE(std::get<synced_status>(said.what).is_online);
}

// F-30: unknown words were taken for "available"; F-49: 0.1 V is not a millivolt, so only what is sure is
// read.
TEST(sync_reader, a_picture_becomes_what_the_cabinet_itself_would_have_shown) {
  const auto outcome = read(posted("full", R"(,"sequence":7,"slots":[
      {"slot_number":2,"status":"OCCUPIED","battery_level":61},{"slot_number":1,"status":"AVAILABLE"},
      {"slot_number":3,"status":"OCCUPIED","battery_level":20,"power_bank_serial":"40000003"},
      {"slot_number":4,"status":"ERROR"},{"slot_number":5,"status":"OCCUPIED"}],
      "power_banks":[{"serial_number":"40000002","status":"AVAILABLE","current_slot":2,
                      "hardware_info":{"temperature":27,"soft_version":"25"}},
                     {"serial_number":"40000005","status":"DAMAGED","current_slot":5}])"));
  ASSERT_TRUE(std::holds_alternative<cabinet_sync>(outcome)) << std::get<sync_mistake>(outcome).code;
  const auto& picture = std::get<synced_picture>(std::get<cabinet_sync>(outcome).what);
  EXPECT_EQ(picture.sequence, 7);
  const auto& slots = picture.shown.boards.at(0).slots;
  ASSERT_EQ(slots.size(), 5U);
  EXPECT_EQ(slots[0].state, 0x00);
  EXPECT_EQ(slots[0].sn, no_bank_sn);
  EXPECT_EQ(slots[1].sn, bank_sn{40000002});
  EXPECT_EQ(slots[1].state, 0x01);
  EXPECT_EQ(slots[1].charge_percent, 61);
  EXPECT_EQ(slots[1].temperature_c, 27);
  EXPECT_EQ(slots[1].software, 25);
  EXPECT_EQ(slots[2].sn, bank_sn{40000003});
  EXPECT_EQ(meaning_of_slot_state(slots[3].state).status, device_slot_status::error);
  EXPECT_EQ(meaning_of_slot_state(slots[4].state).effect, bank_effect::damaged);
  const auto decoded = decode(encode(picture.shown));
  ASSERT_TRUE(std::holds_alternative<cabinet_message>(decoded));
  EXPECT_EQ(std::get<cabinet_snapshot>(std::get<cabinet_message>(decoded)), picture.shown);
}

TEST(sync_reader, a_return_may_say_when_it_happened_and_how_full_the_bank_is) {
  const auto outcome = read(posted("returned", R"(,"return_event":{"power_bank_serial":"40000001",
      "slot_number":2,"battery_level":61,"returned_at":"2026-01-01T00:00:10Z","condition":"GOOD"})"));
  ASSERT_TRUE(std::holds_alternative<cabinet_sync>(outcome));
  const auto& what = std::get<synced_return>(std::get<cabinet_sync>(outcome).what);
  EXPECT_EQ(what.bank, bank_sn{40000001});
  EXPECT_EQ(what.slot, 2);
  EXPECT_EQ(what.battery, 61);
  EXPECT_EQ(what.returned_at, noon + seconds{10});
}

TEST(sync_reader, every_mistake_has_the_word_the_bridge_knows) {
  EXPECT_EQ(mistake_in("[]"), "invalid_data_format");
  EXPECT_EQ(mistake_in("{}"), "invalid_type");
  EXPECT_EQ(mistake_in(R"({"type":"reboot"})"), "invalid_type");
  EXPECT_EQ(mistake_in(R"({"type":"status"})"), "missing_device_identifier");
  EXPECT_EQ(mistake_in(R"({"type":"status","device":{"imei":"ST-1"}})"), "missing_device_identifier");
  EXPECT_EQ(mistake_in(posted("status", "")), "missing_status");
  EXPECT_EQ(mistake_in(R"({"type":"status","device":{"imei":"860000000000011","status":"AWAY"}})"),
            "invalid_status");
  EXPECT_EQ(mistake_in(posted("returned", "")), "missing_return_fields");
  EXPECT_EQ(mistake_in(posted("returned", R"(,"return_event":{"power_bank_serial":"x","slot_number":1})")),
            "missing_return_fields");
  EXPECT_EQ(mistake_in(posted("full", "")), "invalid_slots_format");
  EXPECT_EQ(mistake_in(posted("full", R"(,"slots":[])")), "invalid_slots_format");
  EXPECT_EQ(mistake_in(posted("full", R"(,"slots":[{"slot_number":2,"status":"AVAILABLE"}])")),
            "invalid_slots_format")
      << "a gap would hide a slot";
  EXPECT_EQ(mistake_in(posted("full", R"(,"slots":[{"slot_number":1,"status":"FINE"}])")),
            "invalid_slots_format");
  EXPECT_EQ(mistake_in(posted("full", R"(,"slots":[{"slot_number":1,"status":"AVAILABLE"}],
      "power_banks":[{"serial_number":"40000002","current_slot":1}])")),
            "invalid_powerbanks_format")
      << "a bank in an empty slot";
  EXPECT_EQ(mistake_in(posted("full", R"(,"slots":[{"slot_number":1,"status":"OCCUPIED"}],
      "power_banks":[{"serial_number":"no number","current_slot":1}])")),
            "invalid_powerbanks_format");
}

}  // namespace
}  // namespace chautari
