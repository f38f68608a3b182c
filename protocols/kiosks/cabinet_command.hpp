#pragma once
/// What the server tells a cabinet: JSON objects on its `get` topic, every value a string.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"
#include "protocols/kiosks/cabinet_a8.hpp"

namespace chautari {

enum class cabinet_command_kind : std::uint8_t {
  check = 1,
  check_all,
  check_log,
  popup,
  popup_sn,
  upload_all,
  get_wifi,
  set_wifi,
  set_mode,
  volume,
  reboot,
  open,
  close,
  load_ad,
  push_version_publish,
  push_version_apk,
};
/// The word on the wire: "check", "popup_sn", "getWifi".
[[nodiscard]] std::string_view to_string(cabinet_command_kind kind);

/// The frame that answers, or nothing if none does.
[[nodiscard]] std::optional<a8_command> reply_of(cabinet_command_kind kind);
/// How long to wait for the answer (a frame, an HTTP call, or for `reboot` the next connect); zero if none
/// comes.
[[nodiscard]] milliseconds reply_wait(cabinet_command_kind kind);
/// Ejections go at MQTT QoS 0: at 1 a late or second delivery ejects to nobody. Everything else goes at 1.
[[nodiscard]] int quality_of_service(cabinet_command_kind kind);

/// What an ejection says of its own lifetime. Cabinets were seen to ignore it: send it, never rely on it.
inline constexpr seconds ejection_ttl_default{15};
inline constexpr std::size_t wifi_ssid_bytes_max = 32;
inline constexpr std::size_t wifi_password_bytes_min = 8;
inline constexpr std::size_t wifi_password_bytes_max = 63;

enum class network_mode : std::uint8_t { wifi, mobile };  ///< "wifi" and "4g".

/// One command, ready to publish.
struct cabinet_command {
  cabinet_command_kind kind = cabinet_command_kind::check;
  std::string payload;  ///< JSON. May hold a password: log and store loggable_payload() instead.

  friend bool operator==(const cabinet_command&, const cabinet_command&) = default;
};
/// The payload with secrets replaced by "***".
[[nodiscard]] std::string loggable_payload(const cabinet_command& command);

/// Commands without parameters: check, check_all, check_log, upload_all, get_wifi, reboot, close, load_ad and
/// both push_version. Nothing for a kind that needs some.
[[nodiscard]] std::optional<cabinet_command> plain_command(cabinet_command_kind kind);

[[nodiscard]] cabinet_command check_command();
[[nodiscard]] cabinet_command check_all_command();
/// Ejects whatever is in a slot; maintenance only. `slot` counts within the io port (0 or 1).
[[nodiscard]] cabinet_command popup_command(std::uint8_t slot, unsigned io, timestamp now,
                                            seconds ttl = ejection_ttl_default);
/// Ejects one bank: the only ejection a rental uses.
[[nodiscard]] cabinet_command popup_sn_command(bank_sn sn, timestamp now, seconds ttl = ejection_ttl_default);
/// Nothing unless the name has 1..32 bytes and the password 8..63, or none for an open network.
[[nodiscard]] std::optional<cabinet_command> set_wifi_command(std::string_view ssid,
                                                              std::string_view password);
[[nodiscard]] cabinet_command set_mode_command(network_mode mode);
/// Nothing if above 100.
[[nodiscard]] std::optional<cabinet_command> volume_command(unsigned percent);
/// Keeps the screen on for so long.
[[nodiscard]] cabinet_command open_command(seconds duration);

}  // namespace chautari
