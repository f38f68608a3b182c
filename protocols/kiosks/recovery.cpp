#include "protocols/kiosks/recovery.hpp"

#include <unordered_map>

namespace chautari {

std::vector<adopt_kiosks> kiosks_to_adopt(const network_image& network, std::size_t chunk) {
  std::unordered_map<imei, std::vector<command_image>> commands;
  for (const auto& command : network.open_commands)
    commands[command.cabinet].push_back(command);
  std::vector<adopt_kiosks> chunks;
  for (const auto& station : network.stations) {
    const auto& facts = station.facts;
    if (facts.cabinet.is_nil()) continue;
    if (chunks.empty() || chunks.back().kiosks.size() >= chunk) chunks.emplace_back();
    recovered_kiosk kiosk{facts.cabinet,
                          facts.id,
                          facts.serial,
                          facts.name,
                          facts.total_slots,
                          station.state.is_online,
                          station.state.last_seen_at,
                          {},
                          facts.port_one_offset};
    if (const auto open = commands.find(facts.cabinet); open != commands.end()) {
      kiosk.open_commands = std::move(open->second);
      commands.erase(open);
    }
    chunks.back().kiosks.push_back(std::move(kiosk));
  }
  if (commands.empty()) return chunks;
  if (chunks.empty()) chunks.emplace_back();
  auto& orphans = chunks.back().orphans;
  for (auto& [cabinet, open] : commands)
    orphans.insert(orphans.end(), open.begin(), open.end());
  return chunks;
}

}  // namespace chautari
