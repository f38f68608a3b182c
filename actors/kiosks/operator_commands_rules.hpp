#pragma once
/// What operators may ask of a cabinet right now, and how it ended what they asked; without socket, clock or
/// database. Ejections have rules of their own (ejection_rules.hpp).
///
/// Cabinets number nothing: a reply is known by its kind, its slot and its time. Some commands are never
/// answered; what happens to the line then tells how they ended:
///
///   check, check_all   snapshot 0x10 within 10 s                        OK, else TIMEOUT
///   wifi_scan          list 0xCF within 15 s                            OK, else TIMEOUT
///   unlock_slot        0x21 of that slot within 15 s                    OK or FAILED, else TIMEOUT
///   reboot             gone and back within 180 s                       OK, else TIMEOUT
///   mode               back on another network within 180 s             OK, else TIMEOUT
///   wifi_connect       the same; else it is told to use 4G again        OK, else TIMEOUT
///   update_firmware    gone within 180 s                                OK, else UNANSWERED
///   volume, load_ad    nothing can be known                             UNANSWERED
///
/// A reply that comes up to 120 s late still counts. What the line should have told while the server was away
/// is UNANSWERED instead of TIMEOUT, and a network that may well have been joined is not given up.

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/kiosks/cabinet_a8_meaning.hpp"
#include "protocols/kiosks/messages.hpp"

namespace chautari {

inline constexpr seconds reconnect_wait{180};
inline constexpr seconds late_reply_wait{120};
/// A cabinet that obeys a restart is gone by then; an ejection must not begin in between.
inline constexpr seconds line_cut_settling{10};

// -- what kinds have in common
// ------------------------------------------------------------------------------------------

/// No cabinet of this model can do it.
[[nodiscard]] bool is_unsupported(command_kind kind);
/// A bank may leave its slot.
[[nodiscard]] bool moves_a_bank(command_kind kind);
/// The cabinet goes offline if it obeys.
[[nodiscard]] bool cuts_the_line(command_kind kind);

// -- may it be asked?
// ------------------------------------------------------------------------------------------

/// What the kiosk knows when a command comes in.
struct command_setting {
  bool is_online = false;
  bool is_ejecting = false;              ///< A bank is on its way out, or waits for its turn.
  std::vector<command_kind> under_way;   ///< Those that wait for their end.
  std::vector<timestamp> issued;         ///< When the commands of the last minute were given.
  std::optional<timestamp> rebooted_at;  ///< When a restart was last sent.
  std::int32_t port_one_offset = port_one_offset_default;
};
struct command_ban {
  command_refusal why = command_refusal::invalid_command;
  seconds retry_after{0};  ///< Zero: waiting does not help.

  friend bool operator==(const command_ban&, const command_ban&) = default;
};
/// Why not, or nothing.
[[nodiscard]] std::optional<command_ban> ban_of(const operator_command& wish, const command_setting& setting,
                                                timestamp now);

/// What goes over the wire; nothing if a value is none that a cabinet takes, or nothing goes.
[[nodiscard]] std::optional<cabinet_command> order_of(const operator_command& wish, timestamp now,
                                                      std::int32_t port_one_offset);
/// Opens a slot, numbered over both io ports, whatever is in it.
[[nodiscard]] cabinet_command open_slot_order(std::int32_t slot, timestamp now, std::int32_t port_one_offset);
/// For the ledger: a JSON object of what was asked, the password masked.
[[nodiscard]] std::string parameters_of(const operator_command& wish);
/// For the feed, the audit log and the cabinet's own: everything but its result.
[[nodiscard]] boost::json::object about_command(const command_image& command, const station_sn& station);
/// "operator:<id>"; "system" for nobody.
[[nodiscard]] std::string issuer_of(operator_id who);
/// The other way; nil if it was no operator.
[[nodiscard]] operator_id issued_by(const command_image& command);

// -- how does it end?
// ------------------------------------------------------------------------------------------

enum class exchange_phase : std::uint8_t {
  waiting,
  late,  ///< Given up; a reply still counts.
  over,
};

/// All that is known of one command that has been sent.
struct exchange {
  command_kind kind = command_kind::check;
  std::int32_t slot = 0;
  timestamp sent_at;
  bool has_gone = false;  ///< The line broke since.
  /// The server was away since: what happened to the line meanwhile, nobody heard.
  bool is_recovered = false;
  exchange_phase phase = exchange_phase::waiting;
};
[[nodiscard]] exchange exchange_sent(command_kind kind, std::int32_t slot, timestamp now);

/// A valid snapshot came.
struct snapshot_came {};
struct wifi_list_came {};
struct slot_replied {
  std::int32_t slot = 0;
  ejection_class meaning = ejection_class::unknown;
};
/// The broker saw the cabinet come or go.
struct line_news {
  bool is_connected = false;
  timestamp at;
};
/// Time has passed.
struct exchange_clock {};
using exchange_event = std::variant<snapshot_came, wifi_list_came, slot_replied, line_news, exchange_clock>;

struct exchange_step {
  exchange facts;
  std::optional<command_state> end;  ///< How it ended; said again if a late reply corrects it.
  bool is_answer = false;            ///< The event is the reply: it belongs to the command's result.
  bool fall_back = false;            ///< Tell the cabinet to use its SIM card again.
};
[[nodiscard]] exchange_step decide(const exchange& facts, const exchange_event& event, timestamp now);

/// When time alone will change something.
[[nodiscard]] std::optional<timestamp> next_wake(const exchange& facts);
/// The motor may turn, or the cabinet be about to restart: nothing else is ejected now.
[[nodiscard]] bool holds_ejections(const exchange& facts, timestamp now);

}  // namespace chautari
