#include "actors/kiosks/registry_rules.hpp"

#include <algorithm>
#include <cmath>

#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

broker_account_image account_of(const std::optional<broker_account_image>& has, const imei& cabinet) {
  if (has) return *has;
  broker_account_image fresh;
  fresh.cabinet = cabinet;
  fresh.username = cabinet.value;
  return fresh;
}

std::string shortened(const std::string& text, std::size_t bytes) { return text.substr(0, bytes); }

}  // namespace

std::optional<seconds> hourly_allowance::take(int most, timestamp now) {
  constexpr double hour_ms = std::chrono::duration_cast<milliseconds>(hours{1}).count();
  const auto passed = static_cast<double>(std::max<std::int64_t>(0, (now - counted_at).count()));
  spent = std::max(0.0, spent - passed * most / hour_ms);
  counted_at = now;
  if (spent + 1.0 <= most + 1e-9) {
    spent += 1.0;
    return {};
  }
  const auto wait_ms = (spent + 1.0 - most) * hour_ms / most;
  return std::max(seconds{1}, seconds{static_cast<std::int64_t>(std::ceil(wait_ms / 1000.0))});
}

void hourly_allowance::give_back() { spent = std::max(0.0, spent - 1.0); }

std::variant<broker_account_image, registry_refusal> decide_connect(
    const std::optional<broker_account_image>& has, const connect_cabinet& call, timestamp now) {
  if (!has) return registry_refusal::not_provisioned;
  const bool is_door_open = has->provisioning_until && now < *has->provisioning_until;
  // A cabinet on Wi-Fi may send no SIM. "None" is no mark of anybody: whoever knows the imei could say it.
  const bool is_as_before = has->issues > 0 && !has->revoked_at && !call.sim.empty() && has->sim == call.sim;
  if (!is_door_open && !is_as_before) return registry_refusal::not_provisioned;
  auto account = *has;
  account.sim = call.sim;
  account.issued_at = now;
  ++account.issues;
  account.revoked_at.reset();
  account.provisioning_until.reset();  // For one connect; the next one needs its SIM.
  return account;
}

broker_account_image provisioned(const std::optional<broker_account_image>& has, const imei& cabinet,
                                 timestamp until) {
  auto account = account_of(has, cabinet);
  account.provisioning_until = until;
  return account;
}

broker_account_image revoked(const std::optional<broker_account_image>& has, const imei& cabinet,
                             timestamp now) {
  auto account = account_of(has, cabinet);
  account.revoked_at = now;
  account.provisioning_until.reset();
  return account;
}

stranger_image noted(const std::optional<stranger_image>& known, const stranger_call& call, timestamp now) {
  stranger_image image;
  if (known) {
    image = *known;
  } else {
    image.cabinet = call.cabinet;
    image.first_seen_at = now;
  }
  image.last_seen_at = now;
  ++image.calls;
  image.door = call.door;
  if (!call.address.empty()) image.address = call.address;
  if (!call.sim.empty()) image.sim = call.sim;
  if (!call.hardware.empty()) image.hardware = shortened(call.hardware, limits::cabinet_hardware_bytes_max);
  return image;
}

}  // namespace chautari
