/// Where the rider's phone is while the bank is out: one place in 30 seconds, kept for 30 days.

#include <boost/json.hpp>

#include "actors/rentals/rental_actor.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

caf::result<void> rental_state::note_place(const note_location& news) {
  return if_known<void>(news, news.rider, [this, &news]() -> caf::result<void> {
    if (!is_out(facts.status)) {
      leave_if_over();
      return refuse(rental_refusal::invalid_rental_status);
    }
    const timestamp now = everybody().now();
    if (located_at && now < *located_at + limits::rental_location_pause) {
      const auto wait = *located_at + limits::rental_location_pause - now;
      const boost::json::object context{{"retry_after", std::chrono::ceil<seconds>(wait).count()}};
      return refuse(rental_refusal::location_too_often, boost::json::serialize(context));
    }
    auto promise = self->make_response_promise<void>();
    record entry = fresh_record(context());
    rental_location where = news.where;
    where.at = now;
    entry.add(where);
    self->request(everybody().journal, caf::infinite, std::move(entry))
        .await(
            [this, now, promise](const stored&) mutable {
              located_at = now;
              caf::response_promise& untyped = promise;  // The typed one cannot say "nothing".
              untyped.deliver(caf::unit);
            },
            [promise](caf::error& why) mutable { promise.deliver(std::move(why)); });
    return promise;
  });
}

}  // namespace chautari
