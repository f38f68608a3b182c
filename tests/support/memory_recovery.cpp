/// What is asked of the memory store: by tests, and by a server that starts.

#include <algorithm>

#include "tests/support/memory_store.hpp"

namespace chautari::testing {

const bank_image* memory_store::find_bank(bank_sn serial) const {
  const auto found = banks_of_serial_.find(serial);
  if (found == banks_of_serial_.end() || found->second.empty()) return nullptr;
  return &banks.at(*found->second.begin());
}

std::int64_t memory_store::balance(const std::string& code, boost::uuids::uuid owner, commodity unit) const {
  const auto found = balances.find({code, owner, unit});
  return found == balances.end() ? 0 : found->second;
}

bool memory_store::has_logged(std::string_view kind) const {
  return std::any_of(cabinet_log.begin(), cabinet_log.end(),
                     [&](const auto& entry) { return entry.kind == kind; });
}

network_image memory_store::recover() const {
  network_image image;
  for (const auto& [id, facts] : stations) {
    if (facts.is_deleted) continue;
    recovered_station one{facts, {}, {}, {}};
    one.state.station = id;
    if (const auto state = station_states.find(id); state != station_states.end()) one.state = state->second;
    for (auto slot = slots.lower_bound({id, 0}); slot != slots.end() && slot->first.first == id; ++slot)
      one.slots.push_back(slot->second);
    for (const auto& [bank_key, bank] : banks) {
      if (bank.station == id) one.banks.push_back(bank);
    }
    image.stations.push_back(std::move(one));
  }
  for (const auto& [id, rental] : rentals) {
    if (is_open(rental.status)) image.open_rentals.push_back(rental);
  }
  for (const auto& rental : image.open_rentals) {
    if (const auto bank = banks.find(rental.bank); bank != banks.end())
      image.rented_banks.push_back(bank->second);
  }
  for (const auto& [id, command] : commands) {
    if (is_open(command.state)) image.open_commands.push_back(command);
  }
  image.prices = prices;
  for (const auto& [id, session] : sessions) {
    if (session.revoked_at) image.revoked_sessions.push_back({id, *session.revoked_at});
  }
  for (const auto& [id, user] : users) {
    if (user.status != user_status::active) image.barred_users.push_back(id);
  }
  for (const auto& [id, person] : operators)
    image.operators.operators.push_back(person);
  for (const auto& [id, session] : operator_sessions) {
    if (!session.revoked_at) image.operators.sessions.push_back(session);
  }
  for (const auto& [id, amenity] : amenities) {
    if (!amenity.is_deleted) image.amenities.push_back(amenity);
  }
  return image;
}

}  // namespace chautari::testing
