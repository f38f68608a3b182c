#pragma once
/// From a bridge's JSON to words. Fields that nobody needs are ignored: bridges send more than we know.

#include <boost/json/value.hpp>
#include <string_view>
#include <variant>

#include "protocols/kiosks/sync.hpp"

namespace chautari {

/// Why a report makes no sense, in the older system's words: "invalid_type", "invalid_slots_format", ...
struct sync_mistake {
  std::string_view code;
  std::string_view sentence;
};
/// Everything but id, body_hash and signature. A report without a time of its own was said `now`.
[[nodiscard]] std::variant<cabinet_sync, sync_mistake> read_sync(const boost::json::value& body,
                                                                 timestamp now);
/// `event_id` of a report; empty: it has none.
[[nodiscard]] std::string_view event_of(const boost::json::value& body);

}  // namespace chautari
