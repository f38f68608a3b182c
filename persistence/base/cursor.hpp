#pragma once
/// Where a page ended: opaque text for clients, (created_at, id) for us.

#include <boost/uuid/uuid.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/time.hpp"

namespace chautari {

struct page_mark {
  timestamp created_at;
  boost::uuids::uuid id{};
};

/// Base64url without padding of 8 bytes of milliseconds and 16 of the id: 32 characters.
[[nodiscard]] std::string to_cursor(const page_mark& mark);
/// Nothing if it is no cursor of ours.
[[nodiscard]] std::optional<page_mark> parse_cursor(std::string_view cursor);

}  // namespace chautari
