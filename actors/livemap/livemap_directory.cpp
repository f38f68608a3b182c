#include "actors/livemap/livemap_directory.hpp"

#include <algorithm>

#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

constexpr std::uint32_t issues_timer = 1;
constexpr seconds ask_again_after{5};
constexpr minutes failures_for{15};

bool has_failed(command_state state) {
  return state == command_state::failed || state == command_state::timeout ||
         state == command_state::refuted || state == command_state::expired;
}

}  // namespace

void livemap_state::meet(const meet_network& meeting) {
  world = std::make_shared<const network>(meeting.everybody);
  learn_issues({});
}

// -- stations
// ------------------------------------------------------------------------------------------

const region_actor* livemap_state::region_of(map_region where) {
  const auto known = regions.find(where.number);
  if (known != regions.end()) return &known->second.actor;
  if (regions.size() >= limits::map_regions_max) {
    if (!std::exchange(is_overfull, true))
      log_event(world->log, log_level::error, "map-overfull", "Stations are too far apart to be drawn", {});
    return nullptr;
  }
  auto& born = regions[where.number];
  born.actor = self->spawn<caf::linked>(region, region_setup{world, where},
                                        caf::actor_cast<region_counter_actor>(self));
  return &born.actor;
}

void livemap_state::note(const station_view& view) {
  auto marker = marker_of(view);
  auto& place = places[view.facts.id];
  const auto where = region_at(marker.latitude(), marker.longitude());
  if (place.is_drawn && (marker.is_deleted || place.region != where)) {
    self->send(*region_of(place.region), remove_marker{marker.id});
    place.is_drawn = false;
  }
  if (marker.is_deleted) return;
  const auto* region = region_of(where);
  if (region == nullptr) return;
  place.region = where;
  place.is_drawn = true;
  marker.issue = place.issue;
  marker.active_out = place.active_out;
  self->send(*region, place_marker{std::move(marker)});
}

void livemap_state::remark(station_id station, const station_place& place) {
  if (place.is_drawn)
    self->send(*region_of(place.region), mark_station{station, place.issue, place.active_out});
}

// -- rentals, commands, events
// ------------------------------------------------------------------------------------------

void livemap_state::note(const open_rental_mark& rental) {
  const auto known = rentals.find(rental.rental);
  const bool was_out = known != rentals.end() && is_out(known->second.status);
  const auto from = known != rentals.end() ? known->second.station : rental.station;
  if (known != rentals.end()) --rentals_by_status.at(static_cast<std::size_t>(known->second.status));
  if (is_open(rental.status)) {
    rentals[rental.rental] = {rental.rental, from, rental.status};
    ++rentals_by_status.at(static_cast<std::size_t>(rental.status));
  } else if (known != rentals.end()) {
    rentals.erase(known);
  }
  if (was_out == is_out(rental.status)) return;
  auto& place = places[from];
  place.active_out += was_out ? -1 : 1;
  if (world) remark(from, place);
}

void livemap_state::turn_seconds(timestamp now) {
  const auto second = std::chrono::floor<seconds>(now).time_since_epoch().count();
  if (second - events_second >= seconds_counted) {
    events_by_second.fill(0);
    events_second = second;
  }
  while (events_second < second)
    events_by_second[static_cast<std::size_t>(++events_second % seconds_counted)] = 0;
}

void livemap_state::note(const operator_event& event) {
  turn_seconds(world->now());
  ++events_by_second[static_cast<std::size_t>(events_second % seconds_counted)];
  // Whatever an operator did may have been to an issue: the database knows what is open now.
  if (event.kind.starts_with("issue.") || event.data.find("issue") != std::string::npos)
    learn_issues(event.station);
}

void livemap_state::note(const command_news& news) {
  if (!has_failed(news.command.state)) return;
  if (failures.size() >= limits::map_failures_max) failures.pop_front();
  failures.push_back(world->now());
}

/// Of one station, or of all; asked again until the database answers.
void livemap_state::learn_issues(station_id station) {
  self->request(world->reader, caf::infinite, load_issue_marks{station})
      .then(
          [this, station](const issue_marks& found) {
            const auto set = [this](station_id of, std::uint8_t issue) {
              auto& place = places[of];
              if (std::exchange(place.issue, issue) != issue) remark(of, place);
            };
            if (found.marks.empty() && !station.is_nil()) set(station, 0);
            for (const auto& mark : found.marks)
              set(mark.station, static_cast<std::uint8_t>(static_cast<int>(mark.priority) + 1));
          },
          [this, station](const caf::error&) {
            if (!station.is_nil()) return;  // The next event of this station asks again.
            self->send(world->timers, arm_timer{caf::actor_cast<timed_actor>(self), issues_timer, 0,
                                                world->now() + ask_again_after});
          });
}

void livemap_state::wake(const timer_fired& timer) {
  if (timer.key == issues_timer) learn_issues({});
}

// -- figures
// ------------------------------------------------------------------------------------------

void livemap_state::note(const region_counted& counted) {
  const auto known = regions.find(counted.region.number);
  if (known == regions.end()) return;
  known->second.totals = counted.totals;
  known->second.banks = counted.banks;
}

/// Banks that are neither seated nor out are in nobody's memory.
void livemap_state::count_stored_banks() {
  if (banks_counted_at + limits::banks_counted_every > world->now()) return;
  banks_counted_at = world->now();
  self->request(world->reader, caf::infinite, count_banks{})
      .then([this](const bank_census& counted) { banks = counted; }, [](const caf::error&) {});
}

network_metrics livemap_state::figures() {
  const auto now = world->now();
  count_stored_banks();
  turn_seconds(now);
  while (!failures.empty() && failures.front() + failures_for < now)
    failures.pop_front();
  network_metrics told;
  for (const auto& [number, region] : regions) {
    told.stations += region.totals;
    told.seated += region.banks;
  }
  told.active = rentals_by_status.at(static_cast<std::size_t>(rental_status::active));
  told.overdue = rentals_by_status.at(static_cast<std::size_t>(rental_status::overdue));
  told.rented = told.active + told.overdue;
  told.pending = static_cast<std::int64_t>(rentals.size()) - told.rented;
  told.missing = banks.missing;
  told.lost = banks.lost;
  told.other = banks.other;
  for (const auto events : events_by_second)
    told.events_per_minute += events;
  told.commands_failing = static_cast<std::int64_t>(failures.size());
  told.as_of = now;
  return told;
}

// -- those who watch
// ------------------------------------------------------------------------------------------

caf::result<layer_delta> livemap_state::pass_on(const watch_layer& wish) {
  const auto known = regions.find(wish.region.number);
  if (known == regions.end()) return caf::make_error(livemap_refusal::unknown_region);
  return self->delegate(known->second.actor, wish);
}

void livemap_state::pass_on(const unwatch_layer& word) {
  const auto known = regions.find(word.region.number);
  if (known != regions.end()) self->send(known->second.actor, word);
}

caf::result<marker_view> livemap_state::pass_on(const look_at_marker& question) {
  const auto place = places.find(question.station);
  if (place == places.end() || !place->second.is_drawn)
    return caf::make_error(livemap_refusal::station_not_found);
  return self->delegate(regions.at(place->second.region.number).actor, question);
}

livemap_directory_actor::behavior_type livemap_directory(
    livemap_directory_actor::stateful_pointer<livemap_state> self,
    const std::vector<open_rental_mark>& open_rentals) {
  auto& state = self->state;
  state.self = self;
  for (const auto& rental : open_rentals)
    state.note(rental);
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {[&state](const station_view& view) { state.note(view); },
          [&state](const rental_event& event) {
            state.note(open_rental_mark{event.rental, event.image.station, event.image.status});
          },
          [](const wallet_event&) {},
          [](const session_revoked&) {},
          [](const stations_announced&) {},
          [&state](const operator_event& event) { state.note(event); },
          [&state](const command_news& news) { state.note(news); },
          [](const operator_changed&) {},
          [](const prices_announced&) {},
          [](const payment_event&) {},
          [&state](const meet_network& meeting) { state.meet(meeting); },
          [&state](const watch_layer& wish) { return state.pass_on(wish); },
          [&state](const unwatch_layer& word) { state.pass_on(word); },
          [&state](const look_at_marker& question) { return state.pass_on(question); },
          [&state](const look_at_metrics&) { return state.figures(); },
          [&state](const timer_fired& timer) { state.wake(timer); },
          [&state](const region_counted& counted) { state.note(counted); }};
}

}  // namespace chautari
