#include "actors/stations/amenities_actor.hpp"

#include <algorithm>
#include <cctype>

#include "actors/stations/office_rules.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

/// As the database compares names: ASCII letters without regard to case.
std::string folded(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

difference difference_of_amenities(const amenity_image& before, const amenity_image& after) {
  difference what;
  what.note("name", before.name, after.name);
  what.note("icon", before.icon, after.icon);
  what.note("description", before.description, after.description);
  what.note("is_active", before.is_active, after.is_active);
  what.note("is_deleted", before.is_deleted, after.is_deleted);
  return what;
}

}  // namespace

const amenity_image* amenities_state::find(amenity_id id) const {
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.id == id; });
  return found == list.end() ? nullptr : &*found;
}

bool amenities_state::is_name_taken(const std::string& name, amenity_id but) const {
  const auto wanted = folded(name);
  return std::any_of(list.begin(), list.end(),
                     [&](const auto& one) { return !(one.id == but) && folded(one.name) == wanted; });
}

void amenities_state::take(amenity_image amenity) {
  std::erase_if(list, [&](const auto& one) { return one.id == amenity.id; });
  if (amenity.is_deleted) return;
  const auto after = std::find_if(list.begin(), list.end(),
                                  [&](const auto& one) { return folded(one.name) > folded(amenity.name); });
  list.insert(after, std::move(amenity));
}

void amenities_state::put(const amenity_image& before, const amenity_image& after,
                          const operator_stamp& stamp, const std::string& action, std::function<void()> done,
                          std::function<void(caf::error&)> failed) {
  auto entry =
      audited(*world, stamp, action, "amenity", after.id.text(), difference_of_amenities(before, after));
  entry.add(after);
  self->request(world->journal, caf::infinite, std::move(entry))
      .await(
          [=, this, done = std::move(done)](const stored&) {
            take(after);
            self->send(world->station_office, amenity_changed{after});
            announce_event(*world, "operator.action", feed_severity::info, {},
                           {{"action", action}, {"amenity", after.name}});
            done();
          },
          std::move(failed));
}

caf::typed_response_promise<amenity_image> amenities_state::create(const create_amenity& wish) {
  auto promise = self->make_response_promise<amenity_image>();
  if (is_name_taken(wish.amenity.name, {})) {
    promise.deliver(caf::make_error(station_refusal::amenity_already_exists));
  } else if (list.size() >= limits::amenities_max) {
    promise.deliver(caf::make_error(station_refusal::too_many_amenities));
  } else {
    auto amenity = wish.amenity;
    amenity.id = world->ids.make<amenity_id>();
    put(
        {}, amenity, wish.stamp, "amenity.create", [=]() mutable { promise.deliver(amenity); },
        [promise](caf::error& why) mutable {
          promise.deliver(told_of_guard(why, station_refusal::amenity_already_exists));
        });
  }
  return promise;
}

caf::typed_response_promise<amenity_image> amenities_state::change(const change_amenity& wish) {
  auto promise = self->make_response_promise<amenity_image>();
  const auto* known = find(wish.amenity);
  if (known == nullptr) {
    promise.deliver(caf::make_error(station_refusal::amenity_not_found));
    return promise;
  }
  const auto before = *known;
  auto after = before;
  after.name = wish.name.value_or(before.name);
  after.icon = wish.icon.value_or(before.icon);
  after.description = wish.description.value_or(before.description);
  after.is_active = wish.is_active.value_or(before.is_active);
  if (is_name_taken(after.name, after.id)) {
    promise.deliver(caf::make_error(station_refusal::amenity_already_exists));
  } else if (difference_of_amenities(before, after).is_empty()) {
    promise.deliver(after);
  } else {
    put(
        before, after, wish.stamp, "amenity.change", [=]() mutable { promise.deliver(after); },
        [promise](caf::error& why) mutable {
          promise.deliver(told_of_guard(why, station_refusal::amenity_already_exists));
        });
  }
  return promise;
}

caf::typed_response_promise<void> amenities_state::remove(const delete_amenity& wish) {
  auto promise = self->make_response_promise<void>();
  auto failed = [promise](caf::error& why) mutable { promise.deliver(why); };
  const auto* known = find(wish.amenity);
  if (known == nullptr) {
    promise.deliver(caf::make_error(station_refusal::amenity_not_found));
    return promise;
  }
  const auto before = *known;
  auto counted = [=, this](const row_count& users) mutable {
    if (users.rows > 0) {
      promise.deliver(caf::make_error(station_refusal::amenity_in_use));
      return;
    }
    auto after = before;
    after.is_deleted = true;
    const auto done = [promise] { answer_done(promise); };
    put(before, after, wish.stamp, "amenity.delete", done, failed);
  };
  self->request(world->reader, caf::infinite, count_amenity_uses{wish.amenity}).await(counted, failed);
  return promise;
}

amenity_list_actor::behavior_type amenities(amenity_list_actor::stateful_pointer<amenities_state> self) {
  auto& state = self->state;
  state.self = self;
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {[&state](const look_at_amenities&) { return amenity_list{state.list}; },
          [&state](const create_amenity& wish) { return state.create(wish); },
          [&state](const change_amenity& wish) { return state.change(wish); },
          [&state](const delete_amenity& wish) { return state.remove(wish); },
          [&state](const meet_network& meeting) {
            state.world = std::make_shared<const network>(meeting.everybody);
          },
          [&state](const adopt_amenities& stored_ones) {
            for (const auto& amenity : stored_ones.amenities)
              state.take(amenity);
          }};
}

}  // namespace chautari
