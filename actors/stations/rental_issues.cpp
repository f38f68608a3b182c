/// What riders report about rentals. The same desk and the same way as for stations: read, decide, store.

#include "actors/stations/issues_actor.hpp"
#include "actors/stations/office_rules.hpp"
#include "actors/users/user_messages.hpp"

namespace chautari {
namespace {

std::string status_of(const rental_issue_image& issue) { return issue.is_resolved ? "RESOLVED" : "REPORTED"; }

/// Without a word of the rider's.
boost::json::object told(std::string_view action, const rental_issue_image& issue,
                         const std::string& rental_code) {
  return {{"action", action},
          {"issue", issue.id.text()},
          {"rental_code", rental_code},
          {"type", to_string(issue.type)},
          {"status", status_of(issue)}};
}

difference difference_of(const rental_issue_image& before, const rental_issue_image& after) {
  difference what;
  what.note("status", status_of(before), status_of(after));
  what.note("notes", before.notes, after.notes);
  what.note("is_deleted", before.is_deleted, after.is_deleted);
  return what;
}

/// RESOLVED has its time, REPORTED has none.
rental_issue_image changed(rental_issue_image issue, const change_rental_issue& wish, timestamp now) {
  issue.is_resolved = wish.is_resolved.value_or(issue.is_resolved);
  issue.notes = wish.notes.value_or(issue.notes);
  if (!issue.is_resolved) {
    issue.resolved_at.reset();
  } else if (!issue.resolved_at) {
    issue.resolved_at = now;
  }
  issue.updated_at = now;
  return issue;
}

/// The database's own guard: one open report of a kind per rental, also when an old one is opened again.
caf::error told_of_duplicate(const caf::error& why) {
  return told_of_guard(why, station_refusal::duplicate_issue_report);
}

bool can_be_told(const user_image& user) { return !user.email.empty() || !user.phone.empty(); }

}  // namespace

caf::typed_response_promise<rental_issue_image> issues_state::report(const report_rental_issue& wish) {
  auto promise = self->make_response_promise<rental_issue_image>();
  auto failed = [promise](caf::error& why) mutable { promise.deliver(told_of_duplicate(why)); };
  auto store = [=, this](const rental_image& rental) mutable {
    rental_issue_image issue;
    issue.id = world->ids.make<issue_id>();
    issue.rental = wish.rental;
    issue.reporter = wish.reporter;
    issue.type = wish.type;
    issue.description = wish.description;
    issue.images = wish.images;
    issue.reported_at = issue.updated_at = world->now();
    record entry{world->ids.make<record_id>(), world->now(), {}};
    entry.add(issue);
    // The bank is gone, says who has it: an operator opens the lost case.
    const bool is_loss = issue.type == rental_issue_type::power_bank_lost;
    const auto level = is_loss ? feed_severity::alarm : feed_severity::warning;
    const auto data = told("rental_issue.report", issue, rental.code);
    auto done = [=, this, station = rental.station](const stored&) mutable {
      announce_event(*world, "issue.reported", level, station, data);
      promise.deliver(issue);
    };
    self->request(world->journal, caf::infinite, std::move(entry)).await(done, failed);
  };
  auto rental_read = [=, this](const rental_lookup& found) mutable {
    if (!found.rental) {
      promise.deliver(caf::make_error(rental_refusal::rental_not_found));
      return;
    }
    list_rental_issues question;
    question.rental = wish.rental;
    question.type = wish.type;
    question.is_resolved = false;
    question.limit = 1;
    auto known_read = [=, rental = *found.rental](const rental_issue_page& known) mutable {
      if (known.issues.empty()) return store(rental);
      promise.deliver(caf::make_error(station_refusal::duplicate_issue_report));
    };
    self->request(world->reader, caf::infinite, std::move(question)).await(known_read, failed);
  };
  self->request(world->reader, caf::infinite, load_rental{wish.rental, wish.reporter})
      .await(rental_read, failed);
  return promise;
}

void issues_state::with_issue(issue_id issue, std::function<void(const rental_issue_view&)> found,
                              failure_handler failed) {
  list_rental_issues question;
  question.issue = issue;
  question.limit = 1;
  auto looked_up = [=](const rental_issue_page& known) {
    if (!known.issues.empty()) return found(known.issues.front());
    caf::error unknown = caf::make_error(rental_refusal::rental_issue_not_found);
    failed(unknown);
  };
  self->request(world->reader, caf::infinite, std::move(question)).await(looked_up, failed);
}

caf::typed_response_promise<rental_issue_view> issues_state::change(const change_rental_issue& wish) {
  auto promise = self->make_response_promise<rental_issue_view>();
  failure_handler failed = [promise](caf::error& why) mutable { promise.deliver(why); };
  auto found = [=, this](const rental_issue_view& before) mutable {
    auto after = before;
    after.issue = changed(before.issue, wish, world->now());
    if (difference_of(before.issue, after.issue).is_empty()) {
      promise.deliver(before);
      return;
    }
    if (!after.issue.is_resolved || before.issue.is_resolved) return put(wish, before, after, {}, promise);
    auto reporter = [=, this](const account_facts& facts) {
      std::optional<outbox_message> message;
      if (can_be_told(facts.user))
        message = rental_issue_resolved_message(facts.user, after.rental_code, after.issue.notes,
                                                world->now(), world->ids);
      put(wish, before, after, message, promise);
    };
    self->request(world->reader, caf::infinite, load_account{after.issue.reporter, world->now()})
        .await(reporter, failed);
  };
  with_issue(wish.issue, std::function<void(const rental_issue_view&)>{found}, failed);
  return promise;
}

void issues_state::put(const change_rental_issue& wish, const rental_issue_view& before,
                       const rental_issue_view& after, const std::optional<outbox_message>& message,
                       caf::typed_response_promise<rental_issue_view> promise) {
  auto entry = audited(*world, wish.by, "rental_issue.change", "rental_issue", after.issue.id.text(),
                       difference_of(before.issue, after.issue));
  entry.add(after.issue);
  if (message) entry.add(*message);
  auto done = [=, this](const stored&) mutable {
    if (message) self->send(world->outbox, to_send(*message));
    announce_event(*world, "operator.action", feed_severity::info, {},
                   told("rental_issue.change", after.issue, after.rental_code));
    promise.deliver(after);
  };
  auto failed = [promise](caf::error& why) mutable { promise.deliver(told_of_duplicate(why)); };
  self->request(world->journal, caf::infinite, std::move(entry)).await(done, failed);
}

caf::typed_response_promise<void> issues_state::remove(const delete_rental_issue& wish) {
  auto promise = self->make_response_promise<void>();
  failure_handler failed = [promise](caf::error& why) mutable { promise.deliver(why); };
  auto found = [=, this](const rental_issue_view& known) {
    auto issue = known.issue;
    issue.is_deleted = true;
    issue.updated_at = world->now();
    auto entry = audited(*world, wish.by, "rental_issue.delete", "rental_issue", issue.id.text(),
                         difference_of(known.issue, issue));
    entry.add(issue);
    const auto data = told("rental_issue.delete", issue, known.rental_code);
    auto done = [=, this](const stored&) {
      announce_event(*world, "operator.action", feed_severity::info, {}, data);
      answer_done(promise);
    };
    self->request(world->journal, caf::infinite, std::move(entry)).await(done, failed);
  };
  with_issue(wish.issue, std::function<void(const rental_issue_view&)>{found}, failed);
  return promise;
}

}  // namespace chautari
