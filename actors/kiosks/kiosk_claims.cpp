/// What is said of the cabinet over HTTP. Anybody can say it (stations_rentals_devices 4.2), so it only makes
/// us ask the cabinet's own line: a claim may stop a rider's clock until that line has confirmed or denied
/// it, an upload is a reason to ask and nothing else.
#include <algorithm>

#include "actors/kiosks/kiosk_actor.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

constexpr seconds check_after_claim{2};
constexpr seconds check_after_denial{10};
constexpr seconds upload_checked_at_most_every{60};

}  // namespace

std::optional<timestamp> cabinet_picture::absent_at(bank_sn bank, std::int32_t slot,
                                                    std::int32_t port_one_offset) const {
  bool is_part_shown = slot == 0 && !slots.empty();
  for (const auto& one : slots) {
    const bool hides_it = one.is_unreadable && (slot == 0 || one.number == slot);
    if (one.bank == bank || hides_it) return {};
    is_part_shown = is_part_shown || (one.number > port_one_offset) == (slot > port_one_offset);
  }
  if (!is_part_shown) return {};
  return at;
}

/// Not even the state of a slot is taken from it: a forged fault would close a station to its riders, a
/// forged health would open a slot that is too hot, and fresh stock is what the cabinet's own line has shown.
void kiosk_state::take_upload(timestamp at) {
  if (at >= picture.at + upload_checked_at_most_every) check_after(check_after_claim);
}

void kiosk_state::take(const return_call& call) {
  notice(on_message(link, call.received_at, "SYNC"));
  bank_seen seen;
  seen.bank = call.bank;
  seen.station = station;
  seen.station_serial = station_serial;
  seen.station_name = station_name;
  seen.cabinet = cabinet;
  seen.slot = is_place(call.slot) ? call.slot : 0;
  seen.battery = call.battery;
  seen.kind = sighting_kind::claim;
  seen.received_at = call.received_at;
  seen.returned_at = happened_at(call.received_at);
  seen.absent_at = picture.absent_at(call.bank, seen.slot, port_one_offset);
  enqueue(sighting_fact{std::move(seen), {}});
  arm();
}

void kiosk_state::after_claim(const sighting_fact& fact, sighting_answer answer) {
  const bool is_claim = fact.seen.kind == sighting_kind::claim;
  if (answer == sighting_answer::claimed) {
    auto& claims = busy().claims;
    const bool is_known = std::any_of(claims.begin(), claims.end(),
                                      [&](const auto& one) { return one.bank == fact.seen.bank; });
    if (!is_known) {
      if (claims.size() >= limits::kiosk_claims_max) claims.erase(claims.begin());
      claims.push_back(fact.seen);
    }
  } else {
    forget_claim(fact.seen.bank);
  }
  // Whatever the rental makes of a claim: a bank that really is here shall be seen.
  if (is_claim)
    check_after(check_after_claim);
  else if (answer == sighting_answer::claimed)
    check_after(check_after_denial);
  fact_done();
}

void kiosk_state::deny_claims(const std::vector<observed_slot>& slots, timestamp at) {
  if (!business) return;
  const auto claims = business->claims;
  for (auto seen : claims) {
    const auto sight = evidence_of(slots, seen.bank, seen.slot, port_one_offset).bank;
    if (sight != ejection_evidence::sight::absent || at <= seen.received_at) continue;
    seen.kind = sighting_kind::absence;
    seen.received_at = at;
    seen.returned_at = at;
    seen.absent_at = {};
    enqueue(sighting_fact{std::move(seen), {}});
  }
}

void kiosk_state::forget_claim(bank_sn bank) {
  if (business) std::erase_if(business->claims, [bank](const auto& one) { return one.bank == bank; });
}

}  // namespace chautari
