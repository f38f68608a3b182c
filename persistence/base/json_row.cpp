#include "persistence/base/json_row.hpp"

#include <charconv>

namespace chautari {

void json_row::refuse(std::string_view name) {
  throw schema_mismatch{"column " + std::string{name} + " is not what this program expects"};
}

const boost::json::value& json_row::field(std::string_view name) const {
  const auto* found = fields_.if_contains(name);
  if (found == nullptr) refuse(name);
  return *found;
}

std::string json_row::text(std::string_view name) const {
  const auto& value = field(name);
  if (value.is_null()) return {};
  if (!value.is_string()) refuse(name);
  return {value.get_string().data(), value.get_string().size()};
}

std::string json_row::json(std::string_view name) const {
  const auto& value = field(name);
  return value.is_null() ? std::string{} : boost::json::serialize(value);
}

std::vector<std::uint8_t> json_row::bytes(std::string_view name) const {
  const auto hex = text(name);  // "\\x0aff"
  std::vector<std::uint8_t> found;
  for (std::size_t at = 2; at + 1 < hex.size(); at += 2) {
    std::uint8_t byte = 0;
    const auto [end, failed] = std::from_chars(hex.data() + at, hex.data() + at + 2, byte, 16);
    if (failed != std::errc{}) refuse(name);
    found.push_back(byte);
  }
  return found;
}

bool json_row::flag(std::string_view name) const {
  const auto& value = field(name);
  if (!value.is_bool()) refuse(name);
  return value.get_bool();
}

std::int64_t json_row::number(std::string_view name) const {
  const auto& value = field(name);
  if (!value.is_int64()) refuse(name);
  return value.get_int64();
}

std::int32_t json_row::small(std::string_view name) const { return static_cast<std::int32_t>(number(name)); }

double json_row::real(std::string_view name) const {
  const auto& value = field(name);
  if (value.is_double()) return value.get_double();
  if (value.is_int64()) return static_cast<double>(value.get_int64());
  refuse(name);
}

timestamp json_row::time(std::string_view name) const {
  const auto at = time_if_any(name);
  if (!at) refuse(name);
  return *at;
}

std::optional<timestamp> json_row::time_if_any(std::string_view name) const {
  const auto& value = field(name);
  if (value.is_null()) return {};
  if (!value.is_string()) refuse(name);
  const auto at = parse_rfc3339({value.get_string().data(), value.get_string().size()});
  if (!at) refuse(name);
  return at;
}

boost::uuids::uuid json_row::uuid(std::string_view name) const {
  const auto& value = field(name);
  if (value.is_null()) return {};
  if (!value.is_string()) refuse(name);
  const auto id = user_id::parse({value.get_string().data(), value.get_string().size()});
  if (!id) refuse(name);
  return id->value;
}

std::optional<json_row> json_row::object(std::string_view name) const {
  const auto& value = field(name);
  if (value.is_null()) return {};
  if (!value.is_object()) refuse(name);
  return json_row{value.get_object()};
}

}  // namespace chautari
