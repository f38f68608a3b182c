/// A bank that was written off is here again (3.11): its rental gets the penalty back, and what of the late
/// fee is above it; the bank goes to inspection.

#include "actors/rentals/rental_actor.hpp"
#include "actors/rentals/settlement_records.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

caf::result<bank_seen_answer> rental_state::find_again(const lost_bank_found& found) {
  return if_known<bank_seen_answer>(found, {}, [this, &found]() -> caf::result<bank_seen_answer> {
    if (is_open(facts.status)) return refuse(rental_refusal::request_in_progress);
    auto promise = self->make_response_promise<bank_seen_answer>();
    self->request(everybody().reader, caf::infinite, load_bank{found.seen.bank})
        .await(
            [this, found, promise](const bank_lookup& known_bank) mutable {
              const auto& lost = known_bank.bank;
              if (lost && lost->rental == facts.id) return correct_found(found, *lost, promise);
              promise.deliver(bank_seen_answer{sighting_answer::already_closed, {}});
              leave();
            },
            [this, promise](caf::error& why) mutable {
              promise.deliver(std::move(why));
              leave();
            });
    return promise;
  });
}

void rental_state::correct_found(const lost_bank_found& found, const bank_image& lost, seen_promise promise) {
  bank_image home = lost;
  // One that is out again already, before anybody could inspect it, is only not lost any more.
  home.status = found.seen.slot > 0 ? bank_status::maintenance : bank_status::missing;
  home.rental = {};
  home.station = found.seen.slot > 0 ? found.seen.station : station_id{};
  home.slot = found.seen.slot;
  if (found.seen.battery >= 0) home.battery = found.seen.battery;
  const auto fail = [this, promise](caf::error& why) mutable {
    complain("found-bank-waits", why);
    free_hold({}, false);
    promise.deliver(std::move(why));
    leave();
  };
  // A hold of nothing keeps the account awake until the refund is in its memory.
  hold_funds nothing;
  nothing.rider = facts.rider;
  nothing.rental = facts.id;
  nothing.as_far_as_possible = true;
  self->request(everybody().accounts, caf::infinite, nothing)
      .await(
          [this, found, home, promise, fail](const funds_held&) {
            self->request(everybody().reader, caf::infinite, load_rental_story{facts.id})
                .await(
                    [this, found, home, promise](const rental_story& story) {
                      auto done = correct_bill(facts, found_adjustment(facts), sum_of(story.payments));
                      done.rental.life.found_at = found.seen.received_at;
                      store_found(found, done, home, promise);
                    },
                    fail);
          },
          fail);
}

void rental_state::store_found(const lost_bank_found& found, const correction& done, const bank_image& home,
                               seen_promise promise) {
  record entry = fresh_record(context());
  add_state(entry, done.rental, {"lost-bank-found", "3.11-found", found.seen.received_at},
            {{"station", found.seen.station_serial.value},
             {"slot", found.seen.slot},
             {"adjustment", to_text(done.adjustment)},
             {"refund", to_text(done.refund)},
             {"due", to_text(done.rental.due)}});
  add_correction(entry, context(), done);
  entry.add(home);
  self->request(everybody().journal, caf::infinite, std::move(entry))
      .await(
          [this, found, done, home, promise](const stored&) mutable {
            facts = done.rental;
            bank = home;
            free_hold(done.refunded, true);
            if (home.station.is_nil())
              self->send(everybody().kiosks, request_snapshot{found.seen.cabinet});
            else
              self->send(everybody().stations, seat_bank{home.station, home, found.seen.received_at});
            tell_place({});
            announce("rental.found");
            tell_feed("bank.found", feed_severity::info, found.seen.station);
            promise.deliver(bank_seen_answer{sighting_answer::closed, home});
            leave();
          },
          [this, found, done, home, promise](caf::error& why) mutable {
            if (is_seat_taken(why, home)) {
              bank_image homeless = home;
              homeless.station = {};
              homeless.slot = 0;
              return store_found(found, done, homeless, promise);
            }
            complain("found-bank-waits", why);
            free_hold({}, false);
            promise.deliver(std::move(why));
            leave();
          });
}

}  // namespace chautari
