#include "http/kiosks/kiosks_door.hpp"

#include <iterator>

namespace chautari {

endpoints kiosk_endpoints(const kiosks_door& door) {
  auto all = give_command_rows(door);
  auto lists = list_command_rows(door);
  all.insert(all.end(), std::make_move_iterator(lists.begin()), std::make_move_iterator(lists.end()));
  all.push_back(list_reports_row(door));
  all.push_back(list_adverts_row(door));
  return all;
}

}  // namespace chautari
