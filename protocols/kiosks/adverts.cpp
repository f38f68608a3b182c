#include "protocols/kiosks/adverts.hpp"

#include <algorithm>
#include <boost/json/object.hpp>

namespace chautari {
namespace {

template <class Render>
boost::json::array in_order(std::vector<cabinet_advert> adverts, Render render) {
  std::stable_sort(adverts.begin(), adverts.end(), [](const auto& one, const auto& other) {
    return one.display_order < other.display_order;
  });
  boost::json::array list;
  for (const auto& advert : adverts)
    list.push_back(render(advert));
  return list;
}

/// What both call the same.
boost::json::object common_of(const cabinet_advert& advert, const screen_setting& screen) {
  return {{"id", advert.id},           {"title", advert.title}, {"url3", advert.url3},
          {"forward", advert.forward}, {"guuid", advert.guuid}, {"weight", screen.volume}};
}

}  // namespace

boost::json::array adverts_for_cabinet(std::vector<cabinet_advert> adverts, const screen_setting& screen) {
  return in_order(std::move(adverts), [&](const cabinet_advert& advert) {
    auto row = common_of(advert, screen);
    row["fileType"] = advert.is_video ? 1 : 0;
    row["url1"] = advert.url_small;
    row["url2"] = advert.url_large;
    row["playTime"] = advert.play_time_s;
    row["screenBrightness"] = screen.brightness;
    return row;
  });
}

boost::json::array adverts_for_staff(std::vector<cabinet_advert> adverts, const screen_setting& screen) {
  return in_order(std::move(adverts), [&](const cabinet_advert& advert) {
    auto row = common_of(advert, screen);
    row["file_type"] = advert.is_video ? 1 : 0;
    row["url_small"] = advert.url_small;
    row["url_large"] = advert.url_large;
    row["play_time"] = advert.play_time_s;
    row["screen_brightness"] = screen.brightness;
    row["position"] = "screen";
    return row;
  });
}

}  // namespace chautari
