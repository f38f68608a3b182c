#include "protocols/base/id_source.hpp"

namespace chautari {

boost::uuids::uuid make_uuid_v7(timestamp now, std::uint64_t random_a, std::uint64_t random_b) {
  const auto ms = static_cast<std::uint64_t>(to_ms(now));
  boost::uuids::uuid id{};
  for (int i = 0; i < 6; ++i)
    id.data[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  for (int i = 0; i < 2; ++i)
    id.data[6 + i] = static_cast<std::uint8_t>(random_a >> (8 * i));
  for (int i = 0; i < 8; ++i)
    id.data[8 + i] = static_cast<std::uint8_t>(random_b >> (8 * i));
  id.data[6] = static_cast<std::uint8_t>((id.data[6] & 0x0F) | 0x70);
  id.data[8] = static_cast<std::uint8_t>((id.data[8] & 0x3F) | 0x80);
  return id;
}

boost::uuids::uuid make_named_uuid(const boost::uuids::uuid& space, std::string_view name) {
  return boost::uuids::name_generator_sha1{space}(name.data(), name.size());
}

std::string id_source::make_code(std::size_t size) const {
  static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  std::string code;
  code.reserve(size);
  while (code.size() < size) {
    // Six bits at a time, rejecting 36..63, so that every character is equally likely.
    for (auto bits = random(); bits != 0 && code.size() < size; bits >>= 6) {
      if ((bits & 63U) < alphabet.size()) code += alphabet[bits & 63U];
    }
  }
  return code;
}

}  // namespace chautari
