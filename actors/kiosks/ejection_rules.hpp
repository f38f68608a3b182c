#pragma once
/// One ejection from "in the hands of the broker" to "known", without socket, clock or database. Steps 3 to
/// 10 of the ejection procedure:
///
///  3  sent; wait 15 s for the reply 0x31                     waiting_for_reply
///  4  01 and the right bank                                  confirmed
///  5  01 and another bank                                    confirmed with that bank (adopted)
///  6  "nothing moved"                                        not_moved; FE: once more after 5 s
///  7  mechanical, contradictory or no reply                  verifying, by snapshots; never published again
///  8  nothing within 120 s                                   uncertain: the next snapshot decides; 24 h:
///  dark 9  success although it had been refuted                   `bank_escaped`; nobody pays
/// 10  the server was killed after sending                    verifying from the start
///
/// A physical fact wins over an opinion: whatever comes late is judged, and never dropped in silence.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"
#include "protocols/kiosks/cabinet_a8_meaning.hpp"
#include "protocols/rentals/messages.hpp"

namespace chautari {

inline constexpr seconds ejection_reply_wait{15};
inline constexpr seconds ejection_retry_pause{5};  ///< After FE, before the same bank is asked for again.
/// A cabinet needs so long to look at its own slots again; an earlier snapshot may still show the bank.
inline constexpr seconds ejection_settling{5};
inline constexpr seconds ejection_presence_from{
    10};  ///< A bank still shown so long after sending has not left...
inline constexpr seconds ejection_presence_apart{5};  ///< ...if two snapshots so far apart show it.
inline constexpr seconds ejection_started_after{
    3};  ///< A bank missed by a snapshot left so long after sending.
inline constexpr seconds ejection_late_until{
    120};  ///< Replies are matched, and uncertainty is held back, so long.
inline constexpr hours ejection_dark_after{24};
/// When `check` is sent, counted from the moment verification began.
inline constexpr std::array ejection_checks{seconds{5}, seconds{15}, seconds{30}, seconds{60}};
/// While nobody knows how it ended, it is asked again so often, and after so many times people are told
/// (3.11).
inline constexpr seconds ejection_recheck_every{60};
inline constexpr std::uint16_t ejection_rechecks_before_alarm = 20;
/// `ejection_step::log` of that.
inline constexpr std::string_view ejection_alarm = "ejection-uncertain-for-long";

enum class ejection_phase : std::uint8_t {
  waiting_for_reply,
  waiting_to_retry,
  verifying,
  uncertain,
  decided
};

/// All that is known of one ejection.
struct ejection {
  bank_sn bank;
  timestamp sent_at;   ///< The latest publish.
  timestamp phase_at;  ///< Since when the phase lasts.
  timestamp hard_end;  ///< Then it is uncertain.
  std::int32_t publishes = 1;
  std::int32_t publishes_left = 0;  ///< How often it may still be published after this one.
  ejection_phase phase = ejection_phase::waiting_for_reply;
  std::uint16_t checks_sent = 0;  ///< In this phase.
  bool had_reply = false;
  std::optional<timestamp> present_at;    ///< First valid snapshot that still showed the bank.
  std::optional<ejection_result> result;  ///< Once decided.
  bank_sn left;                           ///< The bank that is out, if confirmed.
};

// -- what can happen
// ------------------------------------------------------------------------------------------

/// A 0x31 that is about this ejection: its own bank, or (`ejected` only) one that nobody else can explain.
struct ejection_reply {
  ejection_class meaning = ejection_class::unknown;
  std::uint8_t code = 0;
  bank_sn bank;
};
/// A valid snapshot, seen from this ejection.
struct ejection_evidence {
  enum class sight : std::uint8_t {
    present,    ///< The bank is in a slot.
    absent,     ///< Its part of the cabinet is shown, without it.
    unreadable  ///< Its slot holds something that says no serial number, or is not shown: proves nothing.
  };
  sight bank = sight::unreadable;
};
/// Time has passed.
struct ejection_clock {};
using ejection_event = std::variant<ejection_reply, ejection_evidence, ejection_clock>;

// -- what follows
// ------------------------------------------------------------------------------------------

struct ejection_decision {
  ejection_result result = ejection_result::uncertain;
  bank_sn bank;           ///< confirmed: the bank that is out.
  timestamp at;           ///< confirmed: since when.
  std::string_view rule;  ///< "4.8-4"
};

/// The ejection afterwards and what its kiosk must do.
struct ejection_step {
  ejection facts;
  bool check = false;          ///< Ask the cabinet for a snapshot.
  bool publish_again = false;  ///< Same bank, once more; call `published_again` when it is out.
  std::optional<ejection_decision> decision;  ///< Tell the rental.
  bank_sn escaped;                            ///< A bank is out that nobody pays for; 0 if none.
  std::string_view log;  ///< Kebab-case id for the cabinet's log; empty if nothing to say.
};

/// Just published. `publishes_left` counts the ones still allowed afterwards.
[[nodiscard]] ejection ejection_sent(bank_sn bank, std::int32_t publishes_left, timestamp now);
/// Found SENT without an outcome after a restart, `attempt` publishes after its rental began.
[[nodiscard]] ejection ejection_recovered(bank_sn bank, timestamp sent_at, std::int32_t attempt,
                                          timestamp now);
/// The second publish of the same bank is out.
[[nodiscard]] ejection published_again(ejection facts, timestamp now);

[[nodiscard]] ejection_step decide(const ejection& facts, const ejection_event& event, timestamp now);

/// When time alone will change something; nothing once it may be forgotten.
[[nodiscard]] std::optional<timestamp> next_wake(const ejection& facts);
/// True once no reply can be matched to it any more.
[[nodiscard]] bool may_be_forgotten(const ejection& facts, timestamp now);
/// True while the motor may still be turning for it: nothing else may be ejected.
[[nodiscard]] bool blocks_the_cabinet(const ejection& facts);

}  // namespace chautari
