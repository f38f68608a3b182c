/// The station takes in a bank that its books do not have here.
#include "actors/stations/station_actor.hpp"

namespace chautari {

caf::typed_response_promise<bank_adopted> station_state::take_in(const adopt_bank& found) {
  auto promise = self->make_response_promise<bank_adopted>();
  auto failed = [promise](caf::error& why) mutable { promise.deliver(why); };
  auto place = [=, this](const std::optional<bank_image>& known,
                         const std::function<void()>& settled) mutable {
    if (known && known->status == bank_status::lost && !known->rental.is_nil()) {
      // Its rider was charged for it: the rental decides first, and has it seated.
      settled();
      promise.deliver(bank_adopted{known->rental});
      return;
    }
    auto change = adopt(stock, facts, found, known, world->ids.make<bank_id>());
    auto entry = record_of(change, found.at);
    const bool is_moving = known && !known->station.is_nil() && !(known->station == facts.id);
    auto done = [=, this]() mutable {
      if (settled) settled();
      if (is_moving) take_from(known->station, known->serial, found.at);
      promise.deliver(bank_adopted{});
      announce();
    };
    commit(std::move(entry), std::move(change), done, [=](caf::error& why) mutable {
      if (settled) settled();
      failed(why);
    });
  };
  if (stock.find_bank(found.slot.bank) != nullptr) {
    place({}, {});
  } else {
    look_up_stray(found.slot.bank, place, failed);
  }
  return promise;
}

/// One writer: the other station forgets the bank. What it was storing of it at this moment (MISSING, for
/// example) may have been stored after ours; when it answers there is no more to come, and ours is stored
/// once more. Nothing waits for it here, or two stations that find each other's banks would wait for ever.
void station_state::take_from(station_id other, bank_sn serial, timestamp at) {
  self->send(world->stations, bank_seen_elsewhere{other, serial, at});
  const auto store_again = [this, serial](const seated_bank&) {
    auto* bank = stock.find_bank(serial);
    // Displaced meanwhile: without a slot it is in no place, and its rental writes it.
    if (bank == nullptr || bank->slot == 0) return;
    bank->is_unsaved = true;  // If it cannot be stored now it goes with the next snapshot.
    record entry{world->ids.make<record_id>(), world->now(), {}};
    entry.add(image_of(*bank, facts.id));
    store(
        std::move(entry),
        [this, serial] {
          if (auto* stored = stock.find_bank(serial)) stored->is_unsaved = false;
        },
        [](caf::error&) {});
  };
  self->request(world->stations, caf::infinite, look_at_bank{other, serial})
      .then(store_again, [](const caf::error&) {});
}

}  // namespace chautari
