#include "http/operations/retry_after.hpp"

#include <boost/json.hpp>

#include "protocols/base/refusal.hpp"

namespace chautari {

std::int64_t retry_after_of(const caf::error& why, std::int64_t otherwise) {
  boost::system::error_code malformed;
  const auto context = boost::json::parse(context_of(why), malformed);
  const auto* fields = malformed ? nullptr : context.if_object();
  const auto* pause = fields != nullptr ? fields->if_contains("retry_after") : nullptr;
  return pause != nullptr && pause->is_int64() ? pause->get_int64() : otherwise;
}

}  // namespace chautari
