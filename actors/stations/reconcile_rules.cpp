/// The second half of station_rules.hpp: what a cabinet's word changes in the stock.
#include <algorithm>
#include <tuple>

#include "actors/stations/station_rules.hpp"
#include "protocols/kiosks/cabinet_a8_meaning.hpp"

namespace chautari {
namespace {

bool is_same_but_for_time(const slot_facts& a, const slot_facts& b) {
  const auto device = [](const slot_facts& one) {
    return std::tuple{one.status,  one.device_code, one.battery, one.temperature,
                      one.voltage, one.current,     one.sensors, one.is_disabled};
  };
  return device(a) == device(b);
}

slot_status status_of(std::int32_t device_code) {
  switch (meaning_of_slot_state(static_cast<std::uint8_t>(device_code)).status) {
    case device_slot_status::empty:
      return slot_status::available;
    case device_slot_status::occupied:
      return slot_status::occupied;
    case device_slot_status::error:
      break;
  }
  return slot_status::error;
}

/// What the slot's code does to the bank in it. A person's or an earlier fault's verdict is never softened.
void apply_effect(bank_facts& bank, std::int32_t device_code) {
  if (bank.status != bank_status::available && bank.status != bank_status::maintenance) return;
  const auto effect = meaning_of_slot_state(static_cast<std::uint8_t>(device_code)).effect;
  if (effect == bank_effect::damaged) bank.status = bank_status::damaged;
  if (effect == bank_effect::maintenance) bank.status = bank_status::maintenance;
}

/// Kept for a rental or an operator's command that is under way: how it ended decides, we only look.
bool is_promised(const bank_facts& bank) { return !bank.rental.is_nil(); }

/// One change being put together.
struct reconciliation {
  const station_image& station;
  stock_change change;

  void note(std::string kind, bank_sn bank, std::int32_t slot, std::int32_t code = 0) {
    change.events.push_back({std::move(kind), bank, slot, code});
  }

  void save(const bank_image& image) {
    std::erase_if(change.banks, [&](const auto& other) { return other.id == image.id; });
    change.banks.push_back(image);
  }
  void save(const slot_facts& slot) {
    std::erase_if(change.slots, [&](const auto& other) { return other.number == slot.number; });
    change.slots.push_back(image_of(slot, station.id));
  }

  void lose(bank_sn serial) {
    const auto* bank = change.stock.find_bank(serial);
    note("bank-missing", serial, bank->slot);
    save(missing_image_of(*bank));
    change.stock.forget_bank(serial);
  }

  /// Whoever is recorded in `slot` and is not `newcomer` has left it.
  void displace(std::int32_t slot, bank_sn newcomer) {
    const auto* other = change.stock.bank_in(slot, newcomer);
    if (other == nullptr) return;
    if (!is_promised(*other)) return lose(other->serial);
    // Its ejection decides what became of it, and its rental writes it until then.
    auto* promised = change.stock.find_bank(other->serial);
    promised->slot = 0;
    promised->is_unsaved = true;
    note("reserved-bank-displaced", other->serial, slot);
  }

  slot_facts& slot(std::int32_t number, timestamp at) {
    if (auto* known = change.stock.find_slot(number)) return *known;
    slot_facts created;
    created.number = static_cast<std::uint8_t>(number);
    created.updated_at = at;
    created.is_unsaved = true;
    // More slots than an administrator knows of: accepted as a place, closed to riders until a person looks.
    created.is_disabled = number > station.total_slots;
    if (created.is_disabled) note("slot-created", {}, number);
    auto& slots = change.stock.slots;
    const auto after =
        std::find_if(slots.begin(), slots.end(), [&](const auto& one) { return one.number > number; });
    return *slots.insert(after, created);
  }

  void take_device_data(const observed_slot& seen, timestamp at) {
    if (seen.number < 1 || seen.number > 255) return;
    slot_facts& known = slot(seen.number, at);
    slot_image told = image_of(known, station.id);
    // MAINTENANCE is a person's word; everything else is the device's.
    if (known.status != slot_status::maintenance) told.status = status_of(seen.device_code);
    told.device_code = seen.device_code;
    told.battery = seen.battery;
    told.temperature = seen.temperature;
    told.voltage = seen.voltage;
    told.current = seen.current;
    told.sensors = seen.sensors;
    slot_facts next = facts_of(told);
    const auto alert = meaning_of_slot_state(static_cast<std::uint8_t>(seen.device_code)).alert;
    if (alert != slot_alert::none && known.device_code != next.device_code)
      note(alert == slot_alert::theft ? "slot-forced-open" : "slot-alert", seen.bank, seen.number,
           seen.device_code);
    const bool is_changed = known.is_unsaved || !is_same_but_for_time(known, next);
    next.updated_at = at;
    known = next;
    if (is_changed) save(known);
  }

  /// A bank the station knows to be here was shown.
  void confirm(bank_facts& bank, const observed_slot& seen) {
    const bank_facts before = bank;
    bank.unseen_since = {};
    if (seen.battery >= 0) bank.battery = static_cast<std::int8_t>(seen.battery);
    bank.slot = static_cast<std::uint8_t>(seen.number);
    if (bank.slot != before.slot) bank.is_unsaved = true;
    if (is_promised(bank)) return;
    if (bank.status == bank_status::reserved || bank.status == bank_status::missing)
      bank.status = bank_status::available;
    apply_effect(bank, seen.device_code);
    if (bank.status != before.status && bank.status != bank_status::available)
      note("bank-fault", bank.serial, bank.slot, seen.device_code);
    if (bank.status != before.status || bank.battery != before.battery || bank.is_unsaved) {
      bank.is_unsaved = false;
      save(image_of(bank, station.id));
    }
  }
};

/// True if the snapshot shows this part of the cabinet and the bank's slot does not hide what is in it.
bool would_show(const observe_snapshot& snapshot, std::int32_t slot, std::int32_t port_one_offset) {
  const auto is_on_port_one = [&](std::int32_t number) { return number > port_one_offset; };
  bool is_part_shown = slot == 0;
  for (const auto& seen : snapshot.slots) {
    if (seen.number == slot && seen.device_code != 0 && !is_readable(seen.bank)) return false;
    is_part_shown = is_part_shown || is_on_port_one(seen.number) == is_on_port_one(slot);
  }
  return is_part_shown;
}

/// The first snapshot without a bank is remembered, the second makes it MISSING.
void judge_absent(reconciliation& work, const observe_snapshot& snapshot) {
  std::vector<bank_sn> lost;
  for (auto& bank : work.change.stock.banks) {
    const bool is_shown = std::any_of(snapshot.slots.begin(), snapshot.slots.end(),
                                      [&](const auto& seen) { return seen.bank == bank.serial; });
    if (is_shown || is_promised(bank) || !would_show(snapshot, bank.slot, work.station.port_one_offset))
      continue;
    if (bank.unseen_since == timestamp{}) {
      bank.unseen_since = snapshot.received_at;
    } else if (snapshot.received_at >= bank.unseen_since + missing_apart) {
      lost.push_back(bank.serial);
    }
  }
  for (const auto serial : lost)
    work.lose(serial);
}

}  // namespace

stock_change observe(const station_stock& stock, const station_image& facts,
                     const observe_snapshot& snapshot) {
  reconciliation work{facts, {stock, {}, {}, {}, {}}};
  work.change.stock.snapshot_at = std::max(stock.snapshot_at, snapshot.received_at);
  for (const auto& seen : snapshot.slots)
    work.take_device_data(seen, snapshot.received_at);
  if (snapshot.settling) return work.change;
  for (const auto& seen : snapshot.slots) {
    auto* bank = is_readable(seen.bank) ? work.change.stock.find_bank(seen.bank) : nullptr;
    if (bank != nullptr) work.confirm(*bank, seen);
  }
  for (const auto& seen : snapshot.slots) {
    if (!is_readable(seen.bank)) continue;
    work.displace(seen.number, seen.bank);
    if (work.change.stock.find_bank(seen.bank) == nullptr) work.change.strangers.push_back(seen);
  }
  judge_absent(work, snapshot);
  return work.change;
}

stock_change clear_slot(const station_stock& stock, const station_image& facts, const prepare_slot& place) {
  reconciliation work{facts, {stock, {}, {}, {}, {}}};
  work.displace(place.slot, place.bank);
  if (place.slot < 1 || place.slot > 255) return work.change;
  const bool is_new = stock.find_slot(place.slot) == nullptr;
  auto& slot = work.slot(place.slot, place.at);
  const bool is_disabled = slot.is_disabled || place.has_switch_fault;
  if (is_new || is_disabled != slot.is_disabled) {
    if (place.has_switch_fault) work.note("slot-switch-broken", place.bank, place.slot);
    slot.is_disabled = is_disabled;
    slot.is_unsaved = false;
    slot.updated_at = place.at;
    work.save(slot);
  }
  return work.change;
}

stock_change adopt(const station_stock& stock, const station_image& facts, const adopt_bank& found,
                   const std::optional<bank_image>& known, bank_id fresh_id) {
  reconciliation work{facts, {stock, {}, {}, {}, {}}};
  const auto& seen = found.slot;
  if (auto* here = work.change.stock.find_bank(seen.bank)) {
    work.displace(seen.number, seen.bank);
    work.confirm(*work.change.stock.find_bank(here->serial), seen);
    return work.change;
  }
  bank_facts bank;
  if (known) {
    bank = facts_of(*known);
    const bool is_out = !known->rental.is_nil() && known->station.is_nil();  // Damaged ones stay DAMAGED.
    if (is_out || bank.status == bank_status::rented || bank.status == bank_status::reserved) {
      work.note("bank-without-its-rental", seen.bank, seen.number);  // Somebody's promise: not ours to break.
      return work.change;
    }
    const bool was_gone = bank.status == bank_status::missing || bank.status == bank_status::lost;
    if (was_gone) work.note("bank-found", seen.bank, seen.number);
    if (was_gone) bank.status = bank_status::available;
    if (!known->station.is_nil() && !(known->station == facts.id))
      work.note("bank-in-two-cabinets", seen.bank, seen.number);
  } else {
    bank.id = fresh_id;
    bank.serial = seen.bank;
    bank.status = bank_status::quarantined;
    work.note("bank-quarantined", seen.bank, seen.number);
  }
  work.displace(seen.number, seen.bank);
  bank.rental = {};
  bank.slot = static_cast<std::uint8_t>(seen.number);
  bank.unseen_since = {};
  if (seen.battery >= 0) bank.battery = static_cast<std::int8_t>(seen.battery);
  apply_effect(bank, seen.device_code);
  work.change.stock.seat(bank);
  work.save(image_of(bank, facts.id));
  return work.change;
}

}  // namespace chautari
