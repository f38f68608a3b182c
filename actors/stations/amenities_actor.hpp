#pragma once
/// The list of amenities that stations can have: one actor, all of it in memory.

#include <memory>
#include <vector>

#include "protocols/stations/recovery.hpp"

namespace chautari {

struct amenities_state {
  amenity_list_actor::pointer self = nullptr;
  std::shared_ptr<const network> world;
  std::vector<amenity_image> list;  ///< By name.

  void take(amenity_image amenity);
  caf::typed_response_promise<amenity_image> create(const create_amenity& wish);
  caf::typed_response_promise<amenity_image> change(const change_amenity& wish);
  caf::typed_response_promise<void> remove(const delete_amenity& wish);

private:
  [[nodiscard]] const amenity_image* find(amenity_id id) const;
  [[nodiscard]] bool is_name_taken(const std::string& name, amenity_id but) const;
  void put(const amenity_image& before, const amenity_image& after, const operator_stamp& stamp,
           const std::string& action, std::function<void()> done, std::function<void(caf::error&)> failed);
};

amenity_list_actor::behavior_type amenities(amenity_list_actor::stateful_pointer<amenities_state> self);

}  // namespace chautari
