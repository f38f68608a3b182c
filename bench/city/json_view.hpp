#pragma once
/// Looking into what the server answers, without trusting it.

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "protocols/base/money.hpp"

namespace city {

inline std::string text_of(const boost::json::value& from, std::string_view key) {
  const auto* object = from.if_object();
  const auto* found = object != nullptr ? object->if_contains(key) : nullptr;
  return found != nullptr && found->is_string() ? std::string{found->get_string()} : std::string{};
}

inline const boost::json::value* part_of(const boost::json::value& from, std::string_view key) {
  const auto* object = from.if_object();
  return object != nullptr ? object->if_contains(key) : nullptr;
}

inline std::int64_t paisa_of(const boost::json::value& from, std::string_view key) {
  const auto amount = chautari::parse_money(text_of(from, key));
  return amount ? amount->paisa : 0;
}

inline std::string quoted(std::string_view text) { return boost::json::serialize(boost::json::value(text)); }

/// Of a rental's status.
inline bool is_closed(std::string_view status) { return status == "COMPLETED" || status == "CANCELLED"; }

}  // namespace city
