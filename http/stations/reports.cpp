#include "http/stations/reports.hpp"

#include <boost/json.hpp>

#include "http/stations/station_fields.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

constexpr std::size_t description_shortest = 10;  ///< Characters.

}  // namespace

std::string read_report_text(field_reader& fields, std::size_t longest) {
  return read_characters(fields, "description", description_shortest, longest);
}

std::string read_report_images(field_reader& fields) {
  const auto* given = fields.raw("images");
  if (given == nullptr) return "[]";
  const auto* list = given->if_array();
  if (list == nullptr || list->size() > limits::issue_images_max) {
    fields.note("images", list == nullptr ? "wrong_type" : "too_long");
    return {};
  }
  for (std::size_t at = 0; at < list->size(); ++at) {
    const auto* url = (*list)[at].if_string();
    if (url == nullptr || !is_own_media(std::string_view{*url}))
      fields.note("images[" + std::to_string(at) + ']', "malformed");
  }
  return boost::json::serialize(*list);
}

}  // namespace chautari
