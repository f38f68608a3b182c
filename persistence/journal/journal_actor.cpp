#include "persistence/journal/journal_actor.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "persistence/base/json_rows.hpp"
#include "persistence/journal/writer_actor.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

using flush_atom = caf::atom_constant<caf::atom("flush")>;
using again_atom = caf::atom_constant<caf::atom("again")>;
using tidy_atom = caf::atom_constant<caf::atom("tidy")>;
using steady_time = caf::actor_clock::time_point;
using stored_promise = caf::typed_response_promise<stored>;

/// `journal_actor` with what it tells itself.
using journal_shell_actor =
    journal_actor::extend<caf::reacts_to<flush_atom>, caf::reacts_to<again_atom>, caf::reacts_to<tidy_atom>>;

/// A record whose sender waits.
struct ticket {
  std::uint64_t number = 0;  ///< Rises with each accepted record.
  stored_promise promise;
  bool is_unknown = false;  ///< An attempt ended inside COMMIT; must not be refused before we know.
};

struct waiting_record {
  record entry;
  ticket owner;
};

struct drain {
  std::uint64_t until = 0;  ///< Everything accepted up to this number.
  caf::response_promise promise;
};

struct journal_state {
  journal_shell_actor::stateful_pointer<journal_state> self = nullptr;
  journal_setup setup;
  writer_actor writer;

  std::deque<waiting_record> queue;
  std::shared_ptr<std::vector<record>> flight;  ///< With the writer, or waiting to be sent to it again.
  std::vector<ticket> flight_tickets;
  std::vector<drain> drains;
  std::uint64_t accepted = 0;
  std::optional<steady_time> down_since;
  milliseconds pause{};  ///< Before the next attempt, while the database is down.
  bool is_flushing = false;
  steady_time tidied_at;

  static inline const char* name = "journal";

  caf::result<stored> accept(record& entry);
  void flush();
  void send();
  void settle(const batch_written& outcome);
  void answer(ticket& owner, const record& entry, const record_fate& fate);
  void try_again_later();
  void refuse_waiting();
  caf::result<void> drain_all();
  void look_at_drains();
  void mark_up();
  void tidy();
  void plan_tidying(milliseconds pause_before) { self->delayed_send(self, pause_before, tidy_atom::value); }

  [[nodiscard]] std::size_t backlog() const { return queue.size() + flight_tickets.size(); }
  [[nodiscard]] bool is_given_up() const {
    return down_since && self->clock().now() - *down_since >= setup.retry_max;
  }
};

caf::result<stored> journal_state::accept(record& entry) {
  if (is_given_up()) return caf::make_error(journal_refusal::unavailable);
  if (backlog() >= setup.backlog_records_max) return caf::make_error(journal_refusal::overloaded);
  auto promise = self->make_response_promise<stored>();
  queue.push_back({std::move(entry), {++accepted, promise, false}});
  if (setup.probe.backlog_changed) setup.probe.backlog_changed(backlog());
  if (!flight && !is_flushing) {
    is_flushing = true;
    self->send(self, flush_atom::value);
  }
  return promise;
}

/// Takes what has gathered, unless a batch is on its way.
void journal_state::flush() {
  is_flushing = false;
  if (flight || queue.empty()) return;
  const auto size = std::min(queue.size(), setup.batch_records_max);
  flight = std::make_shared<std::vector<record>>();
  flight->reserve(size);
  for (std::size_t at = 0; at < size; ++at) {
    flight->push_back(std::move(queue.front().entry));
    flight_tickets.push_back(std::move(queue.front().owner));
    queue.pop_front();
  }
  send();
}

void journal_state::send() {
  self->request(writer, caf::infinite, write_batch{flight})
      .then([me = self](const batch_written& outcome) { me->state.settle(outcome); },
            [me = self](const caf::error& why) { me->quit(why); });
}

void journal_state::answer(ticket& owner, const record& entry, const record_fate& fate) {
  if (fate.what == record_fate::kind::stored) {
    owner.promise.deliver(stored{entry.id});
    return;
  }
  if (setup.probe.record_refused) setup.probe.record_refused(entry.id, fate.constraint, fate.message);
  std::string context = R"({"constraint":)";
  append_json_string(context, fate.constraint);
  owner.promise.deliver(refuse(journal_refusal::conflict, context + '}'));
}

void journal_state::settle(const batch_written& outcome) {
  auto left = std::make_shared<std::vector<record>>();
  std::vector<ticket> left_tickets;
  for (std::size_t at = 0; at < outcome.fates.size(); ++at) {
    const auto& fate = outcome.fates[at];
    auto& owner = flight_tickets[at];
    if (fate.what == record_fate::kind::stored || fate.what == record_fate::kind::refused) {
      answer(owner, (*flight)[at], fate);
      continue;
    }
    owner.is_unknown = owner.is_unknown || fate.what == record_fate::kind::unknown;
    left->push_back(std::move((*flight)[at]));
    left_tickets.push_back(std::move(owner));
  }
  const auto written = outcome.fates.size() - left_tickets.size();
  flight_tickets = std::move(left_tickets);
  if (written > 0 && setup.probe.batch_written) setup.probe.batch_written(written, outcome.seconds);
  if (outcome.is_database_up) {
    flight.reset();
    mark_up();
    flush();
  } else {
    flight = std::move(left);
    try_again_later();
  }
  if (setup.probe.backlog_changed) setup.probe.backlog_changed(backlog());
  look_at_drains();
}

void journal_state::mark_up() {
  if (down_since && setup.probe.database_changed) setup.probe.database_changed(true);
  down_since.reset();
  pause = {};
}

/// The batch stays in flight, so that nothing overtakes it; when there is none left, an empty one looks
/// whether the database is back.
void journal_state::try_again_later() {
  if (!down_since) {
    down_since = self->clock().now();
    if (setup.probe.database_changed) setup.probe.database_changed(false);
  }
  if (is_given_up()) refuse_waiting();
  pause = std::clamp(pause * 2, limits::database_retry_first, limits::database_retry_last);
  self->delayed_send(self, pause, again_atom::value);
}

/// Everything that is certainly not stored. What may be stored is kept until the database tells.
void journal_state::refuse_waiting() {
  auto kept = std::make_shared<std::vector<record>>();
  std::vector<ticket> kept_tickets;
  for (std::size_t at = 0; at < flight_tickets.size(); ++at) {
    auto& owner = flight_tickets[at];
    if (!owner.is_unknown) {
      owner.promise.deliver(caf::make_error(journal_refusal::unavailable));
      continue;
    }
    kept->push_back(std::move((*flight)[at]));
    kept_tickets.push_back(std::move(owner));
  }
  flight = std::move(kept);
  flight_tickets = std::move(kept_tickets);
  for (auto& waiting : queue)
    waiting.owner.promise.deliver(caf::make_error(journal_refusal::unavailable));
  queue.clear();
}

caf::result<void> journal_state::drain_all() {
  auto promise = self->make_response_promise();
  drains.push_back({accepted, promise});
  look_at_drains();
  return caf::delegated<void>{};
}

void journal_state::look_at_drains() {
  std::uint64_t oldest = accepted + 1;
  if (!queue.empty()) oldest = queue.front().owner.number;
  if (!flight_tickets.empty()) oldest = flight_tickets.front().number;
  std::erase_if(drains, [oldest](drain& one) {
    if (oldest <= one.until) return false;
    one.promise.deliver(caf::unit);
    return true;
  });
}

/// One statement at a time, and while batches are on their way only now and then: a batch may wait for it.
void journal_state::tidy() {
  const auto now = self->clock().now();
  const bool is_too_soon = (flight || is_flushing) && now - tidied_at < limits::tidy_busy_pause;
  if (down_since || is_too_soon) return plan_tidying(setup.tidy_pause);
  tidied_at = now;
  self->request(writer, caf::infinite, tidy_up{setup.tidy_rows_max})
      .then(
          [me = self](const tidied& done) {
            auto& my = me->state;
            if (my.setup.probe.tidied_up) my.setup.probe.tidied_up(done);
            my.plan_tidying(done.is_more ? my.setup.tidy_pause : milliseconds{limits::tidy_every});
          },
          [me = self](const caf::error& why) { me->quit(why); });
}

journal_shell_actor::behavior_type journal(journal_shell_actor::stateful_pointer<journal_state> self,
                                           const journal_setup& setup) {
  auto& state = self->state;
  state.self = self;
  state.setup = setup;
  // Linked: neither is of use without the other.
  state.writer = self->spawn<caf::detached + caf::linked>(writer, setup.database);
  state.tidied_at = self->clock().now();
  state.plan_tidying(setup.tidy_first);
  return {[self](record& entry) { return self->state.accept(entry); },
          [self](drain_atom) { return self->state.drain_all(); }, [self](flush_atom) { self->state.flush(); },
          [self](again_atom) { self->state.send(); }, [self](tidy_atom) { self->state.tidy(); }};
}

}  // namespace

journal_actor spawn_journal(caf::actor_system& system, journal_setup setup) {
  return system.spawn(journal, std::move(setup));
}

}  // namespace chautari
