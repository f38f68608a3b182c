#include "protocols/stations/recovery.hpp"

#include <set>
#include <utility>

#include "protocols/stations/amenity_json.hpp"

namespace chautari {

std::vector<adopt_stations> stations_to_adopt(const network_image& network, std::size_t chunk) {
  std::set<std::pair<bank_sn, rental_id>> claims;
  for (const auto& rental : network.open_rentals)
    claims.emplace(rental.bank_serial, rental.id);
  std::vector<adopt_stations> chunks;
  for (const auto& station : network.stations) {
    if (chunks.empty() || chunks.back().stations.size() >= chunk) chunks.push_back({{}, false});
    auto& adopted = chunks.back().stations.emplace_back(station);
    adopted.facts.amenities = refresh_amenities(adopted.facts.amenities, network.amenities);
    for (auto& bank : adopted.banks) {
      if (claims.count({bank.serial, bank.rental}) == 0) bank.rental = {};
    }
  }
  if (chunks.empty()) chunks.emplace_back();
  chunks.back().is_last = true;
  return chunks;
}

}  // namespace chautari
