#include "actors/stations/station_rules.hpp"

#include <algorithm>
#include <tuple>

namespace chautari {
namespace {

bool is_sane_temperature(std::uint8_t celsius) {
  if (celsius == 0 || celsius == 255) return true;
  return celsius >= rent_temperature_min && celsius <= rent_temperature_max;
}

void mix(std::uint64_t& hash, std::uint64_t value) {
  hash ^= value + 0x9E3779B97F4A7C15ULL + (hash << 6U) + (hash >> 2U);
}

}  // namespace

std::optional<station_refusal> refuse_visitors(const station_image& facts, bool is_online, timestamp now) {
  if (facts.is_deleted || !facts.is_approved) return station_refusal::station_not_found;
  if (!is_online) return station_refusal::station_offline;
  if (facts.is_maintenance) return station_refusal::station_maintenance;
  if (!is_open_at(facts, now)) return station_refusal::station_closed;
  return {};
}

bool is_fresh(const station_stock& stock, timestamp now, milliseconds within) {
  return stock.snapshot_at + within >= now;
}

bool is_rentable(const station_stock& stock, const bank_facts& bank) {
  if (bank.status != bank_status::available || bank.unseen_since != timestamp{}) return false;
  if (bank.battery < rent_battery_min || bank.battery > 100) return false;
  const auto* slot = stock.find_slot(bank.slot);
  return slot != nullptr && !slot->is_disabled && slot->status == slot_status::occupied &&
         slot->device_code == 1 && is_sane_temperature(slot->temperature);
}

std::variant<bank_sn, station_refusal, std::monostate> choose_bank(const station_stock& stock,
                                                                   std::optional<bank_sn> wanted) {
  if (wanted) {
    const auto* bank = stock.find_bank(*wanted);
    if (bank == nullptr) return std::monostate{};
    if (!is_rentable(stock, *bank)) return station_refusal::requested_powerbank_unavailable;
    return bank->serial;
  }
  const bank_facts* best = nullptr;
  const auto rank = [](const bank_facts& bank) { return std::tuple{-bank.battery, bank.cycles, bank.slot}; };
  for (const auto& bank : stock.banks) {
    if (is_rentable(stock, bank) && (best == nullptr || rank(bank) < rank(*best))) best = &bank;
  }
  if (best == nullptr) return station_refusal::no_power_bank_available;
  return best->serial;
}

station_view view_of(const station_image& facts, const station_stock& stock, bool is_online,
                     timestamp last_seen_at, timestamp now) {
  station_view view;
  view.facts = facts;
  view.is_online = is_online;
  view.last_seen_at = last_seen_at;
  view.snapshot_at = stock.snapshot_at;
  view.slots.reserve(stock.slots.size());
  for (const auto& slot : stock.slots) {
    const auto* bank = stock.bank_in(slot.number);
    const bool is_empty = slot.status == slot_status::available && bank == nullptr;
    slot_view shown;
    shown.number = slot.number;
    shown.status = slot.is_disabled ? slot_status::maintenance : slot.status;
    shown.has_bank = bank != nullptr;
    shown.battery = bank != nullptr ? bank->battery : -1;
    shown.bank = bank != nullptr ? bank->serial : bank_sn{};
    shown.updated_at = slot.updated_at;
    view.slots.push_back(shown);
    view.empty_slots += is_empty ? 1 : 0;
    view.return_slots += is_empty && !slot.is_disabled && is_online ? 1 : 0;
  }
  if (is_fresh(stock, now, stock_fresh_for)) {
    view.rentable_count = static_cast<std::int32_t>(std::count_if(
        stock.banks.begin(), stock.banks.end(), [&](const auto& bank) { return is_rentable(stock, bank); }));
  }
  return view;
}

std::uint64_t fingerprint(const station_view& view) {
  std::uint64_t hash = view.slots.size();
  mix(hash, (view.is_online ? 1U : 0U) + (view.facts.is_maintenance ? 2U : 0U) +
                (view.facts.is_deleted ? 4U : 0U) + (view.facts.is_approved ? 8U : 0U));
  mix(hash, static_cast<std::uint64_t>(view.empty_slots));
  mix(hash, static_cast<std::uint64_t>(view.rentable_count));
  mix(hash, static_cast<std::uint64_t>(view.return_slots));
  for (const auto& slot : view.slots) {
    mix(hash, static_cast<std::uint64_t>(slot.number));
    mix(hash, static_cast<std::uint64_t>(slot.status));
    mix(hash, static_cast<std::uint64_t>(slot.battery + 1));
    mix(hash, slot.bank.value);
  }
  return hash;
}

void count_ejection(station_stock& stock, std::int32_t slot, bool has_failed, timestamp at) {
  auto* found = stock.find_slot(slot);
  if (found == nullptr || (!has_failed && found->faults_in_a_row == 0)) return;
  found->faults_in_a_row =
      has_failed ? static_cast<std::uint8_t>(found->faults_in_a_row + 1) : std::uint8_t{0};
  if (found->faults_in_a_row >= slot_faults_max) found->is_disabled = true;
  found->updated_at = at;
  found->is_unsaved = true;
}

}  // namespace chautari
