#include "protocols/stations/amenity_json.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace chautari {
namespace {

void describe(boost::json::object& out, const amenity_image& amenity) {
  out["id"] = amenity.id.text();
  out["name"] = amenity.name;
  out["icon"] = amenity.icon;
  out["description"] = amenity.description;
}

const amenity_image* find(const std::vector<amenity_image>& known, const boost::json::value& shown) {
  const auto* object = shown.if_object();
  const auto* id = object == nullptr ? nullptr : object->if_contains("id");
  if (id == nullptr || !id->is_string()) return nullptr;
  const auto wanted = amenity_id::parse(std::string_view{id->get_string()});
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const auto& one) { return wanted && one.id == *wanted; });
  return found == known.end() ? nullptr : &*found;
}

}  // namespace

std::string to_amenity_json(const std::vector<amenity_image>& amenities) {
  boost::json::array list;
  for (const auto& amenity : amenities) {
    boost::json::object one;
    describe(one, amenity);
    one["is_available"] = true;
    list.push_back(std::move(one));
  }
  return boost::json::serialize(list);
}

std::string refresh_amenities(const std::string& json, const std::vector<amenity_image>& known) {
  if (json.size() <= 2 || known.empty()) return json;
  boost::system::error_code malformed;
  const auto parsed = boost::json::parse(json, malformed);
  if (malformed || !parsed.is_array()) return json;
  boost::json::array list;
  for (const auto& shown : parsed.get_array()) {
    const auto* amenity = find(known, shown);
    if (amenity == nullptr) {
      list.push_back(shown);
    } else if (!amenity->is_deleted) {
      auto renamed = shown.get_object();
      describe(renamed, *amenity);
      list.push_back(std::move(renamed));
    }
  }
  return boost::json::serialize(list);
}

}  // namespace chautari
