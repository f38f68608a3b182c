#pragma once
#include <functional>
#include <memory>
#include <optional>

#include "actors/rentals/evidence.hpp"
#include "actors/rentals/life_rules.hpp"
#include "actors/rentals/rental_records.hpp"
#include "actors/rentals/running_rules.hpp"
#include "actors/rentals/settlement_rules.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/rentals/recovery.hpp"

namespace chautari {

/// From its directory: nobody knows you any more, go. Last word, so nothing that was passed on before it is
/// lost.
using farewell_atom = caf::atom_constant<caf::atom("farewell")>;

/// What was stored of an open rental, with its bank.
struct adopt_rental {
  rental_image rental;
  bank_image bank;
};

/// Prices have changed. A rental keeps its own, but more time costs what it costs now.
struct renewed_prices {
  std::shared_ptr<const adopt_prices> prices;
};

/// A RENTAL with the words that only its directory says.
using living_rental_actor = rental_actor::extend<caf::reacts_to<adopt_rental>, caf::reacts_to<renewed_prices>,
                                                 caf::reacts_to<farewell_atom>>;

/// Keys of a rental's timers: who waits for a start, the one clock of everything later, and after a restart a
/// claim to be asked about again. Only the clock's newest revision counts.
inline constexpr std::uint32_t answer_timer = 1;
inline constexpr std::uint32_t clock_timer = 2;
inline constexpr std::uint32_t claim_timer = 3;

struct rental_setup {
  std::shared_ptr<const network> everybody;
  std::shared_ptr<const adopt_prices> prices;
  rental_id id;
};

/// The shell around rental_rules: coordinates rider's account, station and cabinet for one rental. Whatever
/// it decides becomes true with one record; only then do the others hear of it. While a record is under way
/// all else waits in the mailbox, so every decision is made on stored facts.
struct rental_state {
  living_rental_actor::pointer self = nullptr;
  rental_setup setup;
  rental_image facts;                               ///< revision 0: not stored yet.
  bank_image bank;                                  ///< Reserved for the rental, or out with it.
  std::optional<command_image> command;             ///< The ejection under way, if this process issued it.
  caf::typed_response_promise<start_answer> asker;  ///< Who waits for the outcome of the start.
  timestamp wished_at;
  std::vector<evidence> heard;  ///< What was heard and may still matter; bounded.
  std::uint64_t clock_revision = 0;
  std::optional<timestamp> located_at;
  timestamp lost_not_before;  ///< Later than now only after a restart.
  bool is_leaving = false;
  std::optional<caf::error> unknown_because;  ///< Why it could not be read when it was woken.

  // -- start
  caf::result<start_answer> start(const start_rental& wish);
  // -- ejection
  caf::result<outcome_noted> note_outcome(const ejection_outcome& outcome);
  void give_way(const bank_taken& taken);
  // -- return
  caf::result<bank_seen_answer> see_bank(const bank_seen& seen);
  // -- a rental that runs, and what is left of one that ended; woken from the database if need be
  caf::result<rental_answer> extend(const extend_rental& wish);
  caf::result<rental_answer> cancel_by_rider(const cancel_rental& wish);
  caf::result<rental_answer> swap(const swap_rental& wish);
  caf::result<rental_answer> settle_dues(const pay_due& wish);
  caf::result<void> note_place(const note_location& news);
  caf::result<force_answer> force(const force_complete& wish);
  caf::result<bank_seen_answer> find_again(const lost_bank_found& found);
  // -- the rest
  void adopt(const adopt_rental& stored);
  caf::result<rental_image> look(const look_at_rental& wish) const;
  caf::result<open_rental_answer> look_if_open() const;
  void wake(const timer_fired& timer);
  void complain(const char* event, const caf::error& why) const;

private:
  using noted_promise = caf::typed_response_promise<outcome_noted>;
  using seen_promise = caf::typed_response_promise<bank_seen_answer>;
  using answer_promise = caf::typed_response_promise<rental_answer>;
  /// Runs once what was decided is stored (no error), or says why it is not.
  using when_stored = std::function<void(const caf::error&)>;
  struct starting;

  // -- waking
  /// Runs `act` on what is known of the rental; one that has ended is read from the database first. Another
  /// rider's is not found. Whoever is on the way out sends the message back: its successor reads everything.
  template <class Answer, class Message, class Act>
  caf::result<Answer> if_known(const Message& message, user_id rider, Act act) {
    if (is_leaving) return self->delegate(everybody().rentals, message);
    if (facts.revision == 0) {
      if (!unknown_because) return remember(), caf::skip;
      leave();
      return *unknown_because;
    }
    if (rider.is_nil() || rider == facts.rider) return act();
    leave_if_over();
    return refuse(rental_refusal::rental_not_found);
  }
  void remember();
  void leave_if_over();
  /// Runs `act(promise)` for a rider's command that was not answered before; else answers the same again.
  /// `act` ends with `answered` or `refused`.
  template <class Wish, class Act>
  caf::result<rental_answer> obey(const Wish& wish, Act act) {
    return if_known<rental_answer>(wish, wish.from.rider, [&]() -> caf::result<rental_answer> {
      auto promise = self->make_response_promise<rental_answer>();
      admit(wish.from, promise, [wish, promise, act] { act(wish, promise); });
      return promise;
    });
  }
  void admit(const rental_command& from, answer_promise promise, std::function<void()> act);
  /// What is remembered of a command that was obeyed.
  [[nodiscard]] stored_answer answer_of(const rental_command& from, const char* route, std::string data,
                                        int status = 200) const;
  void answered(answer_promise promise, const stored_answer& answer);
  void refused(answer_promise promise, caf::error why);

  // -- money of a rental that runs
  /// Holds the amount as the rider wishes to pay it.
  void hold_payment(money amount, const payment_wish& pay, std::function<void(caf::error&)> fail,
                    std::function<void(const payment_split&)> then);
  /// The rider pays it from outside, and then it goes on by itself: 402 with the intent.
  void ask_for_due(const pay_due& wish, money amount, answer_promise promise);
  void store_extension(const extend_rental& wish, const rental_package& package, const payment_split& paid,
                       answer_promise promise);
  void store_payment(const pay_due& wish, const dues_paid& done, answer_promise promise);

  // -- settlement
  /// The one way in which a use ends: holds what is owed, stores everything in one record, then tells
  /// account, station, rider and operators, and leaves. A refusal has changed nothing.
  void settle_use(const use_ending& ending, const when_stored& done);
  void hold_for_ending(const use_ending& ending, const payment_split& paid_before, const when_stored& done);
  void store_settlement(const settlement& end, const use_ending& ending, const when_stored& done);
  void end_settled(const use_ending& ending);

  void reserve(const std::shared_ptr<starting>& birth);
  void ask_if_free(const std::shared_ptr<starting>& birth);
  void claim_discount_for(const std::shared_ptr<starting>& birth);
  void hold(const std::shared_ptr<starting>& birth);
  void ask_for_payment(const std::shared_ptr<starting>& birth, const hold_funds& price);
  void look_at_cabinet(const std::shared_ptr<starting>& birth);
  void store_start(const std::shared_ptr<starting>& birth, bool is_cabinet_idle);
  void begin_ejection(const std::shared_ptr<starting>& birth);
  void give_up(const starting& birth, caf::error why);

  void remember_then_note(const ejection_outcome& outcome, noted_promise promise);
  void note_late(const ejection_outcome& outcome, noted_promise promise);
  void store_late(const ejection_outcome& outcome, noted_promise promise);
  void confirm(const ejection_outcome& outcome, noted_promise promise);
  void confirm_with(const bank_image& found, const ejection_outcome& outcome, noted_promise promise);
  void store_confirmed(const rental_image& next, const bank_image& out,
                       const std::optional<bank_image>& planned, const ejection_outcome& outcome,
                       noted_promise promise);
  void become_active(const rental_image& next, const bank_image& out);
  void refuse_outcome(const caf::error& why, noted_promise promise) const;
  void confirm_stranger(const ejection_outcome& outcome, noted_promise promise);
  void ask_other_rental(const bank_image& claimed, const ejection_outcome& outcome);
  void try_another_bank(const ejection_outcome& outcome, noted_promise promise);
  void exchange(const bank_reservation& next, const ejection_outcome& outcome, noted_promise promise);
  void doubt(const ejection_outcome& outcome, noted_promise promise);
  void cancel(const ejection_outcome& outcome, noted_promise promise);
  void ask_for_seat(const ejection_outcome& outcome, noted_promise promise);
  void store_cancel(const ejection_outcome& outcome, const bank_image& left, noted_promise promise);
  void end_cancelled(const ejection_outcome& outcome);

  // -- what is heard of its bank (rental_return.cpp)
  void keep(evidence one);
  /// A bank is ordered, or has left: nothing that was heard before matters any more.
  void begin_with(evidence_kind kind, timestamp at);
  void confirm_by_sighting(const bank_seen& seen, const evidence_reading& reading, seen_promise promise);
  /// The bank is back: a swap, a quick return, or the end.
  void take_back(const bank_seen& seen, const evidence_reading& reading, seen_promise promise);
  void close(const bank_seen& seen, const evidence_reading& reading, bool is_quick, seen_promise promise);
  /// The clock stands still for this claim from now on, or for none any more.
  void store_claim(const evidence_reading& reading, seen_promise promise);
  /// settle_use; the bank that was kept for a swap is set free with it.
  void end_use(use_ending ending, const when_stored& done);

  // -- swap
  void ask_for_swap(const swap_rental& wish, answer_promise promise);
  void store_swap_wish(const swap_rental& wish, const bank_image& reserved, answer_promise promise);
  void give_up_swap_wish();
  void eject_for_swap(const bank_seen& seen, const evidence_reading& reading, seen_promise promise);
  void store_swap_ejection(const bank_seen& seen, const rental_image& next, const bank_image& fresh,
                           const bank_image& left, seen_promise promise);
  void note_swap_outcome(const ejection_outcome& outcome, noted_promise promise);
  void swap_to(const bank_image& found, const ejection_outcome& outcome, noted_promise promise);
  void keep_old_bank(const bank_image& out, const ejection_outcome& outcome, noted_promise promise);
  struct swap_parts {
    ejection_outcome outcome;
    bank_image out;
    bank_image left;                    ///< The old one, free where it sits.
    std::optional<bank_image> planned;  ///< The one that stayed, if another one came out.
  };
  void store_swapped(const swap_parts& parts, noted_promise promise);
  void end_failed_swap(const ejection_outcome& outcome, noted_promise promise);
  /// Where its station has the bank now; nothing if it is not there or the station is gone.
  void look_for_bank(bank_sn serial, std::function<void(const std::optional<bank_image>&)> then);

  // -- an operator's word, a lost bank
  void force_unejected(const force_complete& wish, caf::typed_response_promise<force_answer> promise);
  void correct_found(const lost_bank_found& found, const bank_image& lost, seen_promise promise);
  void store_found(const lost_bank_found& found, const correction& done, const bank_image& home,
                   seen_promise promise);

  // -- time (rental_clock.cpp)
  /// Arms the one timer for what comes next; what was armed before is void.
  void set_clock();
  void on_clock();
  void pass(rental_deadline what);
  void lose_bank();

  [[nodiscard]] const network& everybody() const { return *setup.everybody; }
  [[nodiscard]] record_context context() const;
  void eject();
  void arm(std::uint32_t key, timestamp at);
  void announce(const char* name) const;
  /// The use of the rental's discount, if it has one, is confirmed or released.
  void settle_discount(discount_use_state state) const;
  /// A line of the operators' feed about this rental.
  void tell_feed(const char* kind, feed_severity severity, station_id place) const;
  void tell_place(std::optional<stored_answer> answer) const;
  void free_hold(payment_split refunded, bool captured, money held_change = {}) const;
  void leave();
};

living_rental_actor::behavior_type rental(living_rental_actor::stateful_pointer<rental_state> self,
                                          rental_setup setup);

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::adopt_rental)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::renewed_prices)
