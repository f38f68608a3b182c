#pragma once
/// What a cabinet with a screen shows. The list is the same for cabinets and for staff; only the names of its
/// fields differ.

#include <boost/json/array.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace chautari {

struct cabinet_advert {
  std::int64_t id = 0;
  std::string title;
  bool is_video = false;
  std::string url_small;  ///< For cabinets with fewer than 20 slots.
  std::string url_large;
  std::string url3;
  std::string forward;
  std::int32_t play_time_s = 10;
  std::int32_t display_order = 0;
  std::string guuid;
};
/// How loud and bright the station's screen is to be.
struct screen_setting {
  std::int32_t volume = 50;       ///< 0..100
  std::int32_t brightness = 200;  ///< 0..255
};

/// In display order. A cabinet takes an advert's `weight` for its loudness: it is always the station's
/// volume, never the place in the list.
[[nodiscard]] boost::json::array adverts_for_cabinet(std::vector<cabinet_advert> adverts,
                                                     const screen_setting& screen);
/// The same for staff: file_type, url_small, url_large, play_time, screen_brightness, position.
[[nodiscard]] boost::json::array adverts_for_staff(std::vector<cabinet_advert> adverts,
                                                   const screen_setting& screen);

}  // namespace chautari
