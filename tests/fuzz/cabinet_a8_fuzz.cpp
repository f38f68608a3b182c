/// Any bytes at all as a frame: no crash, no undefined behaviour, and whatever was accepted is said again and
/// read again as the same thing. Run: `cabinet_a8_fuzz tests/fuzz/corpus/cabinet_a8`.

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "protocols/base/check.hpp"
#include "protocols/kiosks/cabinet_a8.hpp"

namespace {

void read_and_say_again(std::span<const std::uint8_t> frame, std::size_t registered_slots) {
  const auto first = chautari::decode(frame, registered_slots);
  const auto* message = std::get_if<chautari::cabinet_message>(&first);
  if (message == nullptr) return;
  const std::vector<std::uint8_t> again = chautari::encode(*message);
  CHECK(!again.empty());
  const auto second = chautari::decode(again, registered_slots);
  CHECK(second == first);
}

/// The same bytes with length and checksum put right, so that the fuzzer gets past the door.
std::vector<std::uint8_t> repaired(std::span<const std::uint8_t> input) {
  std::vector<std::uint8_t> frame{input.begin(), input.end()};
  frame[0] = chautari::a8_head;
  frame[1] = static_cast<std::uint8_t>(frame.size() >> 8U);
  frame[2] = static_cast<std::uint8_t>(frame.size());
  frame.back() = 0;
  std::uint8_t sum = 0;
  for (const std::uint8_t byte : frame)
    sum = static_cast<std::uint8_t>(sum + byte);
  frame.back() = static_cast<std::uint8_t>(0x100 - sum);
  return frame;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> input{data, size};
  read_and_say_again(input, 0);
  if (size < chautari::a8_frame_bytes_min || size > chautari::a8_frame_bytes_max) return 0;
  const auto frame = repaired(input);
  read_and_say_again(frame, 0);
  read_and_say_again(frame, input.back());
  return 0;
}
