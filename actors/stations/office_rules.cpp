#include "actors/stations/office_rules.hpp"

#include <algorithm>

#include "actors/stations/station_rules.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

template <class Value>
void set(Value& field, const std::optional<Value>& wish) {
  if (wish) field = *wish;
}

/// JSON as JSON, so that the log can be searched.
boost::json::value parsed(const std::string& json) {
  boost::system::error_code malformed;
  auto value = boost::json::parse(json, malformed);
  return malformed ? boost::json::value{} : value;
}

std::string text_or_empty(const boost::json::object& object) {
  return object.empty() ? std::string{} : boost::json::serialize(object);
}

}  // namespace

// -- stations
// ------------------------------------------------------------------------------------------

station_image changed(station_image facts, const station_changes& wish) {
  set(facts.serial, wish.serial);
  set(facts.cabinet, wish.cabinet);
  set(facts.name, wish.name);
  set(facts.address, wish.address);
  set(facts.landmark, wish.landmark);
  set(facts.description, wish.description);
  set(facts.latitude, wish.latitude);
  set(facts.longitude, wish.longitude);
  set(facts.total_slots, wish.total_slots);
  set(facts.port_one_offset, wish.port_one_offset);
  set(facts.opening_minute, wish.opening_minute);
  set(facts.closing_minute, wish.closing_minute);
  set(facts.is_approved, wish.is_approved);
  set(facts.media, wish.media);
  set(facts.amenities, wish.amenities);
  return facts;
}

difference difference_of(const station_image& before, const station_image& after) {
  difference what;
  what.note("serial_number", before.serial.value, after.serial.value);
  what.note("imei", before.cabinet.value, after.cabinet.value);
  what.note("station_name", before.name, after.name);
  what.note("address", before.address, after.address);
  what.note("landmark", before.landmark, after.landmark);
  what.note("description", before.description, after.description);
  what.note("latitude", before.latitude, after.latitude);
  what.note("longitude", before.longitude, after.longitude);
  what.note("total_slots", before.total_slots, after.total_slots);
  what.note("port_one_offset", before.port_one_offset, after.port_one_offset);
  what.note("opening_minute", before.opening_minute, after.opening_minute);
  what.note("closing_minute", before.closing_minute, after.closing_minute);
  what.note("is_maintenance", before.is_maintenance, after.is_maintenance);
  what.note("is_approved", before.is_approved, after.is_approved);
  what.note("is_deleted", before.is_deleted, after.is_deleted);
  if (before.media != after.media) what.note("media", parsed(before.media), parsed(after.media));
  if (before.amenities != after.amenities)
    what.note("amenities", parsed(before.amenities), parsed(after.amenities));
  return what;
}

std::vector<slot_facts> renumbered(std::vector<slot_facts> slots, const station_image& before,
                                   const station_image& after) {
  if (before.port_one_offset == after.port_one_offset) return slots;
  for (auto& slot : slots) {
    const bool was_on_port_one = slot.number > before.port_one_offset;
    const bool is_gone =
        slot.number > after.total_slots || (was_on_port_one && slot.number <= after.port_one_offset);
    if (!is_gone || slot.is_disabled) continue;
    slot.status = slot_status::available;
    slot.is_disabled = true;
    slot.is_unsaved = true;
  }
  return slots;
}

std::vector<slot_image> slots_of_new(const station_image& facts, timestamp now) {
  std::vector<slot_image> slots(static_cast<std::size_t>(facts.total_slots));
  for (std::size_t at = 0; at < slots.size(); ++at) {
    slots[at].station = facts.id;
    slots[at].number = static_cast<std::int32_t>(at) + 1;
    slots[at].updated_at = now;
  }
  return slots;
}

boost::json::array wrong_placements(const std::vector<placement_check>& checks, std::int32_t total_slots) {
  boost::json::array wrong;
  for (std::size_t at = 0; at < checks.size(); ++at) {
    const auto& one = checks[at];
    const auto earlier = checks.begin() + static_cast<std::ptrdiff_t>(at);
    const auto is_repeated = [&](auto same) { return std::any_of(checks.begin(), earlier, same); };
    std::string_view code;
    if (is_repeated([&](const auto& other) { return other.wish.bank == one.wish.bank; })) {
      code = "duplicate_bank";
    } else if (is_repeated([&](const auto& other) { return other.wish.slot == one.wish.slot; })) {
      code = "duplicate_slot";
    } else if (one.wish.slot < 1 || one.wish.slot > total_slots) {
      code = "out_of_range";
    } else if (!one.known) {
      code = "not_found";
    } else if (!one.is_claimed || !one.known->station.is_nil() || !one.known->rental.is_nil()) {
      code = "not_free";
    }
    if (code.empty()) continue;
    wrong.push_back(boost::json::object{
        {"powerbank_serial", one.wish.bank.text()}, {"slot_number", one.wish.slot}, {"code", code}});
  }
  return wrong;
}

bank_image placed(const placement_check& check, station_id station) {
  auto bank = *check.known;
  const bool has_verdict = bank.status == bank_status::maintenance || bank.status == bank_status::damaged;
  if (!has_verdict) bank.status = bank_status::available;
  bank.station = station;
  bank.slot = check.wish.slot;
  return bank;
}

// -- banks
// ------------------------------------------------------------------------------------------

bool may_become(bank_status wanted, bank_status has, bool is_seated, bool is_promised) {
  if (is_promised || has == bank_status::rented || has == bank_status::reserved) return false;
  return wanted != bank_status::available || is_seated;
}

const bank_facts* choose_for_operator(const station_stock& stock, std::optional<bank_sn> wanted) {
  const auto is_free = [](const bank_facts& bank) {
    return bank.rental.is_nil() && bank.status != bank_status::reserved && bank.slot != 0;
  };
  const auto best = choose_bank(stock, wanted);
  if (const auto* serial = std::get_if<bank_sn>(&best)) return stock.find_bank(*serial);
  const bank_facts* chosen = nullptr;
  for (const auto& bank : stock.banks) {
    if (!is_free(bank) || (wanted && bank.serial != *wanted)) continue;
    if (chosen == nullptr || bank.slot < chosen->slot) chosen = &bank;
  }
  return chosen;
}

// -- issues
// ------------------------------------------------------------------------------------------

station_issue_image changed(station_issue_image issue, const change_issue& wish, timestamp now) {
  set(issue.status, wish.status);
  set(issue.priority, wish.priority);
  set(issue.notes, wish.notes);
  if (wish.assigned_to)
    issue.assigned_to =
        wish.assigned_to->is_nil() ? std::optional<operator_id>{} : std::optional{*wish.assigned_to};
  if (wish.status == issue_status::in_progress && !issue.assigned_to) issue.assigned_to = wish.stamp.who;
  if (issue.status != issue_status::resolved) {
    issue.resolved_at.reset();
  } else if (!issue.resolved_at) {
    issue.resolved_at = now;
  }
  issue.updated_at = now;
  return issue;
}

difference difference_of(const station_issue_image& before, const station_issue_image& after) {
  const auto assignee = [](const station_issue_image& issue) {
    return issue.assigned_to ? issue.assigned_to->text() : std::string{};
  };
  difference what;
  what.note("status", to_string(before.status), to_string(after.status));
  what.note("priority", to_string(before.priority), to_string(after.priority));
  what.note("assigned_to", assignee(before), assignee(after));
  what.note("notes", before.notes, after.notes);
  what.note("is_deleted", before.is_deleted, after.is_deleted);
  return what;
}

// -- records
// ------------------------------------------------------------------------------------------

record audited(const network& world, const operator_stamp& stamp, std::string action, std::string entity,
               std::string entity_id, const difference& what, const std::string& reason) {
  record entry{world.ids.make<record_id>(), world.now(), {}};
  auto line = audit_by(stamp, world.ids.make<audit_id>(), entry.at, std::move(action), std::move(entity),
                       std::move(entity_id));
  line.before = text_or_empty(what.before);
  line.after = text_or_empty(what.after);
  line.reason = reason;
  entry.add(std::move(line));
  return entry;
}

caf::error told_of_guard(const caf::error& why, station_refusal taken) {
  return reason_of<journal_refusal>(why) == journal_refusal::conflict ? caf::make_error(taken) : why;
}

record bank_status_record(const network& world, const set_bank_status& wish, bank_id bank,
                          bank_status before) {
  difference what;
  what.note("status", to_string(before), to_string(wish.status));
  return audited(world, wish.stamp, "powerbank.status", "powerbank", bank.text(), what, wish.reason);
}

void announce_bank_status(const network& world, const set_bank_status& wish, station_id station) {
  announce_event(world, "operator.action", feed_severity::info, station,
                 {{"action", "powerbank.status"},
                  {"bank_sn", wish.bank.text()},
                  {"status", to_string(wish.status)},
                  {"reason", wish.reason}});
}

void announce_event(const network& world, std::string kind, feed_severity severity, station_id station,
                    const boost::json::object& data) {
  const operator_event news{
      world.ids.make<report_id>(),  world.now(), std::move(kind), severity, station,
      boost::json::serialize(data),
  };
  for (const auto& door : world.announce_to)
    caf::anon_send(door, news);
}

}  // namespace chautari
