#pragma once
/// The kiosk: our half of the talk with one cabinet. It turns frames into facts, owns its ejections, and
/// hands what it learned to the station and the rentals; whatever they cannot store yet it keeps and tries
/// again.
///
/// It never awaits: questions to rentals and stations are answered by continuation, one fact at a time, so a
/// reply from the cabinet is heard at once, whatever the database does.

#include <caf/all.hpp>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "actors/kiosks/connectivity_rules.hpp"
#include "actors/kiosks/ejection_rules.hpp"
#include "actors/kiosks/operator_commands_rules.hpp"
#include "actors/kiosks/presence_rules.hpp"
#include "protocols/journal/reader.hpp"
#include "protocols/kiosks/interface.hpp"
#include "protocols/kiosks/recovery.hpp"
#include "protocols/operations/network.hpp"

namespace chautari {

struct kiosk_setup {
  std::shared_ptr<const network> world;
  std::shared_ptr<const recovered_kiosk> past;  ///< Shared with the chunk it came in.
};

/// A command waits behind another one.
struct queued_ejection {
  eject_bank wish;
  timestamp since;
  operator_stamp by = {};  ///< Of an operator's only.
};

/// A command that has left us (or never will), until its outcome is stored and no reply can be late any more.
struct tracked_ejection {
  command_image command;
  ejection facts;
  bool is_storing = false;                 ///< SENT is on its way to disk.
  std::optional<ejection_outcome> untold;  ///< What the rental does not know yet.
  bool is_telling = false;
  int tries = 0;
  timestamp tell_again_at;
  std::optional<bank_image> other_bank;  ///< Facts of an adopted bank.
  operator_stamp by = {};                ///< Of an operator's only.
};

using command_promise = caf::typed_response_promise<command_answer>;

/// An operator's command that is not stored yet: is it new, may it be, what does the station say?
struct wished_command {
  operator_command wish;
  bool is_granted = false;  ///< Judged: it only waits for the station and the journal.
  std::vector<command_promise> askers;
  bool opens_slot = false;  ///< It is being stored; then a motor turns.
};

/// An operator's command that has left us and moves no bank we know of, until no reply can be late any more.
struct sent_command {
  command_image command;
  exchange facts;
  std::vector<command_promise> askers = {};  ///< Who waits, for the broker or for the end.
  bool waits_for_end = false;
  bool is_leaving = true;  ///< Not in the hands of the broker's client yet.
  bool is_storing = false;
  bool is_newer = false;  ///< Than what is being stored.
};

/// A slot as the last valid snapshot showed it.
struct pictured_slot {
  std::uint8_t number = 0;
  bool is_unreadable = false;  ///< Something is in it that says no serial number.
  bank_sn bank;
};
/// What the cabinet's own line showed last. A bank that is not in it was not there then.
struct cabinet_picture {
  timestamp at;
  std::vector<pictured_slot> slots;

  /// `at`, if the picture proves that the bank did not sit in this slot or any other; 0: any slot.
  [[nodiscard]] std::optional<timestamp> absent_at(bank_sn bank, std::int32_t slot,
                                                   std::int32_t port_one_offset) const;
};

struct snapshot_fact {
  observe_snapshot snapshot;
  timestamp returned_at;  ///< Of banks it reveals; earlier than received_at after an outage.
  cabinet_picture before;
};
struct sighting_fact {
  bank_seen seen;
  observed_slot slot;
};
using kiosk_fact = std::variant<snapshot_fact, sighting_fact, bank_escaped>;
struct waiting_fact {
  kiosk_fact fact;
  int tries = 0;
};

/// Everything an idle kiosk does not need.
struct kiosk_business {
  std::vector<queued_ejection> queue;
  std::vector<tracked_ejection> tracked;
  std::vector<waiting_fact> facts;  ///< The first one is being worked on while `is_working`.
  bool is_working = false;
  timestamp work_again_at;
  std::vector<record> unsaved;  ///< Evidence the journal could not take yet, oldest first.
  bool is_saving = false;
  int saving_tries = 0;
  timestamp save_again_at;
  std::vector<timestamp> checks;  ///< When to ask for a snapshot.
  timestamp wanted_until;         ///< Somebody waits for one until then: asked again while none comes.
  std::vector<wished_command> wishes;
  std::vector<sent_command> sent;
  std::vector<timestamp> issued;  ///< Operators' commands of the last minute.
  std::vector<bank_seen> claims;  ///< Calls over HTTP for which a rider's clock stands still.

  [[nodiscard]] bool is_idle() const {
    return queue.empty() && tracked.empty() && facts.empty() && !is_working && checks.empty() &&
           wanted_until == timestamp{} && unsaved.empty() && wishes.empty() && sent.empty() &&
           issued.empty() && claims.empty();
  }
};

struct kiosk_state {
  kiosk_actor::pointer self = nullptr;
  std::shared_ptr<const network> world;
  imei cabinet;
  station_id station;
  station_sn station_serial;
  std::string station_name;
  connectivity link;
  timestamp told_seen_at;                 ///< What the station knows of link.last_seen_at.
  std::optional<timestamp> outage_since;  ///< Until the first snapshot afterwards.
  cabinet_picture picture;
  timestamp check_sent_at;
  timestamp armed_at;  ///< When the timer fires; 1970: not armed.
  std::uint64_t timer_revision = 0;
  std::uint64_t frames_rejected = 0;
  std::int32_t total_slots = 0;
  std::int32_t port_one_offset = port_one_offset_default;
  std::uint32_t hardware_told_mark = 0;  ///< Of what the station was told of boards and signal.
  std::uint16_t reports_in_flight = 0;
  std::uint8_t signal = 255;   ///< CSQ of the newest heartbeat; 255: none yet.
  bool is_check_open = false;  ///< Asked for a snapshot, none came yet.
  bool needs_snapshot = true;  ///< Since start or since it came online.
  bool is_mains_lost = false;
  bool is_line_lost = false;  ///< Ours to the broker.
  std::unique_ptr<kiosk_business> business;

  void begin(kiosk_actor::pointer me, kiosk_setup setup);

  // -- kiosk_actor.cpp: what the cabinet says, and being there
  void hear(const cabinet_frame& frame);
  /// Of its own line: what counts.
  void read(const cabinet_frame& frame);
  void reject(const cabinet_frame& frame, cabinet_report report, frame_error why);
  void take(const cabinet_snapshot& snapshot, cabinet_report report);
  void take(const bank_ejection_reply& reply, cabinet_report report);
  void take(const return_report& said, cabinet_report report);
  void take(const return_self_test& said, cabinet_report report);
  void take(const heartbeat& beat, cabinet_report report);
  void take(const wifi_list& list, cabinet_report report);
  /// Goes before the snapshot, with which the station stores it.
  void tell_hardware(const cabinet_snapshot& snapshot);
  void take_return(std::uint8_t state, const observed_slot& slot, sighting_kind kind, cabinet_report report);
  void meet(const broker_session& session);
  void change_line(const line_changed& news);
  /// Of a return heard now: the customer does not pay for an outage (3.9-3).
  [[nodiscard]] timestamp happened_at(timestamp heard_at) const;
  void notice(const connectivity_step& step);
  /// Not while an answer is awaited, unless it is urgent (an ejection's own timetable).
  void ask_for_snapshot(bool is_urgent = false);
  /// Asks until one comes, as long as somebody waits for it.
  void want_snapshot();
  [[nodiscard]] std::optional<timestamp> asks_again_at() const;
  void check_after(milliseconds delay);
  void wake(const timer_fired& timer);
  [[nodiscard]] kiosk_view view() const;
  /// The station's facts changed.
  void learn(const register_cabinet& facts);

  // -- kiosk_ejections.cpp
  void eject(const eject_bank& wish);
  void start_next();
  /// Who waits for a bank that is not here any more: it left with somebody else, whatever the cabinet said.
  void drop_hopeless(const std::vector<observed_slot>& slots);
  void store_sent(const command_image& command, bool is_repeat);
  void publish(const command_image& command, bool is_repeat);
  void give_up(const command_image& command, std::int32_t publishes, command_state state, const char* rule);
  void feed(tracked_ejection& one, const ejection_event& event, timestamp now,
            std::optional<cabinet_report> report = {});
  /// `state`: the command's end, if it is not the one the result stands for.
  void conclude(tracked_ejection& one, const ejection_decision& decision,
                std::optional<cabinet_report> report, std::optional<command_state> state = {});
  void identify(const ejection_reply& reply, timestamp at, const command_id& command, cabinet_report report);
  void adopt_or_ignore(const ejection_reply& reply, timestamp at, const command_id& command,
                       cabinet_report report, const std::optional<bank_image>& known);
  void tell(tracked_ejection& one);
  void told(const command_id& command, ejection_result what, const caf::error& why);
  void ejections_on_clock(timestamp now);
  [[nodiscard]] tracked_ejection* find_tracked(const command_id& command);
  [[nodiscard]] tracked_ejection* match(bank_sn bank);
  /// A motor may be turning.
  [[nodiscard]] bool is_ejecting() const;
  /// ...or the cabinet may be about to restart: the next ejection waits.
  [[nodiscard]] bool is_blocked() const;

  // -- kiosk_wishes.cpp, kiosk_commands.cpp: operators
  caf::result<command_answer> obey(const operator_command& wish);
  /// True if it has been given before: answered, or its asker waits.
  bool answer_again(const operator_command& wish, command_promise& promise);
  void judge(const command_id& id, const command_precedent& past);
  void grant(const operator_command& wish);
  void lock_slot(const operator_command& wish);
  void look_into_slot(const operator_command& wish);
  void open_slot(const command_id& id, const station_inside& inside);
  void take_out(const operator_command& wish, std::optional<bank_sn> bank);
  void issue(const command_id& id, const command_image& command);
  void issued(const command_image& command);
  void publish_sent(const command_id& id, const std::optional<cabinet_command>& order);
  void fall_back(const command_image& failed);
  void refuse_wish(const command_id& id, const caf::error& why);
  void heard_by_commands(const exchange_event& event, const std::string& result = {}, std::int32_t code = -1);
  void commands_on_clock(timestamp now);
  void end_command(sent_command& one);
  void store_end(const command_image& command);
  /// Stored, or lost for good: the news of operators' commands.
  void settled(const record& entry, bool is_stored);
  void announce(const command_image& command);
  void answer_askers(sent_command& one);
  [[nodiscard]] command_image image_of(const operator_command& wish, command_state state) const;
  [[nodiscard]] command_answer answer_of(const command_image& command, bool is_replay = false) const;
  [[nodiscard]] command_setting setting(const command_precedent& past) const;
  [[nodiscard]] wished_command* find_wish(const command_id& id);
  [[nodiscard]] sent_command* find_sent(const command_id& id);

  // -- kiosk_operators_ejections.cpp
  /// How an operator's ejection ended, to the station and then to the ledger.
  void tell_station(tracked_ejection& one);
  void take(const slot_ejection_reply& reply, cabinet_report report);
  void end_ejection(const command_id& id);
  /// The bank that was held for the operator stays where it is.
  void release_held(const command_image& command, ejection_result result);
  void recover_command(const command_image& command);
  /// The opening of a slot with a known bank in it.
  [[nodiscard]] tracked_ejection* match_slot(std::int32_t slot);

  // -- kiosk_claims.cpp: what is said over HTTP, and proves nothing
  void take_upload(timestamp at);
  void take(const return_call& call);
  void after_claim(const sighting_fact& fact, sighting_answer answer);
  /// A snapshot of the cabinet's own line that does not show what a claim says.
  void deny_claims(const std::vector<observed_slot>& slots, timestamp at);
  void forget_claim(bank_sn bank);

  // -- kiosk_facts.cpp
  void enqueue(kiosk_fact fact);
  void work();
  void work_on(const snapshot_fact& fact);
  void work_on(const sighting_fact& fact);
  void work_on(const bank_escaped& fact);
  void ask_rental(const sighting_fact& fact);
  void after_answer(const sighting_fact& fact, const bank_seen_answer& answer);
  void reveal(const snapshot_fact& fact, const std::vector<observed_slot>& strangers);
  /// A bank that was written off: its rental has it seated.
  void tell_found(const sighting_fact& fact, rental_id lost_by);
  void fact_done();
  void fact_failed(const caf::error& why);

  // -- kiosk_evidence.cpp and helpers
  kiosk_business& busy();
  void rest();
  /// Nobody waits for it. What proves something, or is an alarm, is kept until it is stored; the rest may be
  /// lost while the database is away.
  void store_quietly(record_part part, bool must_be_kept = false);
  /// False if there is no room left for it.
  bool keep(record entry);
  void save();
  void note(std::string kind, const std::string& data, log_level level = log_level::info);
  /// Sees to it that the timer fires when something is due next.
  void arm();
  [[nodiscard]] std::optional<timestamp> next_due() const;
};

/// Says that a bank moved, or failed to: nothing else may ever tell it again.
[[nodiscard]] bool is_evidence(const record_part& part);

/// 1, 2, 4, ... 60 seconds.
[[nodiscard]] seconds kiosk_back_off(int tries);

kiosk_actor::behavior_type kiosk(kiosk_actor::stateful_pointer<kiosk_state> self, kiosk_setup setup);

}  // namespace chautari
