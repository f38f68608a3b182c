#include "actors/stations/issues_actor.hpp"

#include "actors/stations/office_rules.hpp"
#include "actors/users/user_messages.hpp"

namespace chautari {
namespace {

/// Without a word of the rider's.
boost::json::object told(std::string_view action, const station_issue_image& issue) {
  return {{"action", action},
          {"issue", issue.id.text()},
          {"type", to_string(issue.type)},
          {"priority", to_string(issue.priority)},
          {"status", to_string(issue.status)}};
}

}  // namespace

caf::typed_response_promise<station_issue_image> issues_state::report(const report_issue& wish) {
  auto promise = self->make_response_promise<station_issue_image>();
  auto failed = [promise](caf::error& why) mutable { promise.deliver(why); };
  auto looked_up = [=, this](const issue_lookup& known) mutable {
    if (known.issue) {
      promise.deliver(caf::make_error(station_refusal::duplicate_issue_report));
      return;
    }
    station_issue_image issue;
    issue.id = world->ids.make<issue_id>();
    issue.station = wish.station;
    issue.reporter = wish.reporter;
    issue.type = wish.type;
    issue.description = wish.description;
    issue.images = wish.images;
    issue.reported_at = issue.updated_at = world->now();
    record entry{world->ids.make<record_id>(), world->now(), {}};
    entry.add(issue);
    const auto data = told("issue.report", issue);
    auto done = [=, this](const stored&) mutable {
      announce_event(*world, "issue.reported", feed_severity::warning, issue.station, data);
      promise.deliver(issue);
    };
    self->request(world->journal, caf::infinite, std::move(entry)).await(done, failed);
  };
  self->request(world->reader, caf::infinite,
                find_open_report{wish.reporter, wish.station, wish.type, world->now() - issue_repeated_after})
      .await(looked_up, failed);
  return promise;
}

void issues_state::with_issue(issue_id issue, std::function<void(const issue_lookup&)> found,
                              failure_handler failed) {
  auto looked_up = [=](const issue_lookup& known) {
    caf::error unknown = caf::make_error(station_refusal::issue_not_found);
    if (!known.issue || known.issue->issue.is_deleted) return failed(unknown);
    found(known);
  };
  self->request(world->reader, caf::infinite, load_issue{issue}).await(looked_up, failed);
}

caf::typed_response_promise<issue_view> issues_state::change(const change_issue& wish) {
  auto promise = self->make_response_promise<issue_view>();
  failure_handler failed = [promise](caf::error& why) mutable { promise.deliver(why); };
  with_issue(
      wish.issue,
      [=, this](const issue_lookup& known) {
        const auto next = changed(known.issue->issue, wish, world->now());
        if (!next.assigned_to || next.assigned_to == known.issue->issue.assigned_to)
          return put(wish, known, next.assigned_to ? known.issue->assignee_email : std::string{}, promise);
        auto assignee = [=, this](const recovered_operators& people) {
          caf::error nobody = caf::make_error(station_refusal::assignee_not_found);
          if (people.operators.empty() || !people.operators.front().is_active) return failed(nobody);
          put(wish, known, people.operators.front().email, promise);
        };
        load_operators question;
        question.id = *next.assigned_to;
        question.now = world->now();
        self->request(world->reader, caf::infinite, question).await(assignee, failed);
      },
      failed);
  return promise;
}

void issues_state::put(const change_issue& wish, const issue_lookup& known, const std::string& assignee_email,
                       caf::typed_response_promise<issue_view> promise) {
  const auto& before = known.issue->issue;
  auto view = *known.issue;
  view.issue = changed(before, wish, world->now());
  view.assignee_email = assignee_email;
  const auto what = difference_of(before, view.issue);
  if (what.is_empty()) {
    promise.deliver(*known.issue);
    return;
  }
  auto entry = audited(*world, wish.stamp, "issue.change", "issue", view.issue.id.text(), what);
  entry.add(view.issue);
  std::optional<outbox_message> message;
  const bool is_solved = view.issue.resolved_at.has_value() && !before.resolved_at.has_value();
  if (is_solved && known.reporter && (!known.reporter->email.empty() || !known.reporter->phone.empty())) {
    message = issue_resolved_message(*known.reporter, view.station_name, view.issue.notes, world->now(),
                                     world->ids);
    entry.add(*message);
  }
  const auto data = told("issue.change", view.issue);
  auto done = [=, this](const stored&) mutable {
    if (message) self->send(world->outbox, to_send(*message));
    announce_event(*world, "operator.action", feed_severity::info, view.issue.station, data);
    promise.deliver(view);
  };
  auto failed = [promise](caf::error& why) mutable { promise.deliver(why); };
  self->request(world->journal, caf::infinite, std::move(entry)).await(done, failed);
}

caf::typed_response_promise<void> issues_state::remove(const delete_issue& wish) {
  auto promise = self->make_response_promise<void>();
  failure_handler failed = [promise](caf::error& why) mutable { promise.deliver(why); };
  with_issue(
      wish.issue,
      [=, this](const issue_lookup& known) {
        auto issue = known.issue->issue;
        issue.is_deleted = true;
        issue.updated_at = world->now();
        auto entry = audited(*world, wish.stamp, "issue.delete", "issue", issue.id.text(),
                             difference_of(known.issue->issue, issue));
        entry.add(issue);
        const auto data = told("issue.delete", issue);
        auto done = [=, this](const stored&) {
          announce_event(*world, "operator.action", feed_severity::info, issue.station, data);
          answer_done(promise);
        };
        self->request(world->journal, caf::infinite, std::move(entry)).await(done, failed);
      },
      failed);
  return promise;
}

issue_desk_actor::behavior_type issues(issue_desk_actor::stateful_pointer<issues_state> self) {
  auto& state = self->state;
  state.self = self;
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {[&state](const report_issue& wish) { return state.report(wish); },
          [&state](const change_issue& wish) { return state.change(wish); },
          [&state](const delete_issue& wish) { return state.remove(wish); },
          [&state](const report_rental_issue& wish) { return state.report(wish); },
          [&state](const change_rental_issue& wish) { return state.change(wish); },
          [&state](const delete_rental_issue& wish) { return state.remove(wish); },
          [&state](const meet_network& meeting) {
            state.world = std::make_shared<const network>(meeting.everybody);
          }};
}

}  // namespace chautari
