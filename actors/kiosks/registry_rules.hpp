#pragma once
/// Which cabinet may have an account at the broker, and what is noted of those nobody knows; pure.

#include <optional>
#include <variant>

#include "protocols/kiosks/registry.hpp"

namespace chautari {

/// So many at once, refilled evenly over an hour.
struct hourly_allowance {
  double spent = 0;
  timestamp counted_at;

  /// Takes one of `most`; else how long until one may be taken.
  [[nodiscard]] std::optional<seconds> take(int most, timestamp now);
  /// Nothing came of the last one.
  void give_back();
};

/// An account for whom an operator opened the door, whatever its SIM, or whose SIM is the one it had: the
/// sign of its call proves nothing, so nobody else gets one. What it is afterwards, or the refusal.
[[nodiscard]] std::variant<broker_account_image, registry_refusal> decide_connect(
    const std::optional<broker_account_image>& has, const connect_cabinet& call, timestamp now);

/// With the door open until `until`; whatever was revoked stays so until the cabinet connects.
[[nodiscard]] broker_account_image provisioned(const std::optional<broker_account_image>& has,
                                               const imei& cabinet, timestamp until);
/// Nobody gets in until an operator opens the door again.
[[nodiscard]] broker_account_image revoked(const std::optional<broker_account_image>& has,
                                           const imei& cabinet, timestamp now);

/// A call of a cabinet that no station has.
struct stranger_call {
  imei cabinet;
  transport door = transport::http;
  std::string address;
  std::string sim;
  std::string hardware;
};
/// Counts it; what the call did not say stays.
[[nodiscard]] stranger_image noted(const std::optional<stranger_image>& known, const stranger_call& call,
                                   timestamp now);

}  // namespace chautari
