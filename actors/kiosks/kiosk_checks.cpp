/// When a kiosk asks its cabinet for a snapshot.
#include <algorithm>

#include "actors/kiosks/kiosk_actor.hpp"
#include "protocols/kiosks/cabinet_command.hpp"

namespace chautari {
namespace {

constexpr std::size_t checks_planned_max = 8;
/// A cabinet answers a check within a second or two. What was sent between its connect and its subscription
/// is lost without a word, so a check that is unanswered for so long does not keep the next one back.
constexpr seconds check_lost_after{3};
/// As long as a rider waits for a fresh snapshot (snapshot_wait_max).
constexpr seconds snapshot_wanted_for{10};

}  // namespace

void kiosk_state::ask_for_snapshot(bool is_urgent) {
  const auto now = world->now();
  if (!is_urgent && is_check_open && now < check_sent_at + check_lost_after) return;
  const auto command = needs_snapshot ? check_all_command() : check_command();
  is_check_open = true;
  check_sent_at = now;
  self->request(world->broker, caf::infinite,
                publish_command{cabinet, command.payload, quality_of_service(command.kind)})
      .then([](const published&) {}, [this](caf::error&) { is_check_open = false; });
}

void kiosk_state::want_snapshot() {
  ask_for_snapshot();
  busy().wanted_until = world->now() + snapshot_wanted_for;
  arm();
}

std::optional<timestamp> kiosk_state::asks_again_at() const {
  if (!business || business->wanted_until == timestamp{}) return {};
  return std::min(business->wanted_until, check_sent_at + check_lost_after);
}

void kiosk_state::check_after(milliseconds delay) {
  auto& checks = busy().checks;
  if (checks.size() < checks_planned_max) checks.push_back(world->now() + delay);
  arm();
}

}  // namespace chautari
