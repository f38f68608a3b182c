#pragma once
/// What riders report about stations and rentals: one actor, no memory. Each issue is read, decided on and
/// stored while the others wait; riders report ten an hour at most and operators are few.

#include <memory>

#include "protocols/stations/recovery.hpp"

namespace chautari {

inline constexpr hours issue_repeated_after{24};

struct issues_state {
  issue_desk_actor::pointer self = nullptr;
  std::shared_ptr<const network> world;

  caf::typed_response_promise<station_issue_image> report(const report_issue& wish);
  caf::typed_response_promise<issue_view> change(const change_issue& wish);
  caf::typed_response_promise<void> remove(const delete_issue& wish);
  // Of rentals (rental_issues.cpp).
  caf::typed_response_promise<rental_issue_image> report(const report_rental_issue& wish);
  caf::typed_response_promise<rental_issue_view> change(const change_rental_issue& wish);
  caf::typed_response_promise<void> remove(const delete_rental_issue& wish);

private:
  using failure_handler = std::function<void(caf::error&)>;

  void with_issue(issue_id issue, std::function<void(const issue_lookup&)> found, failure_handler failed);
  void put(const change_issue& wish, const issue_lookup& known, const std::string& assignee_email,
           caf::typed_response_promise<issue_view> promise);
  void with_issue(issue_id issue, std::function<void(const rental_issue_view&)> found,
                  failure_handler failed);
  void put(const change_rental_issue& wish, const rental_issue_view& before, const rental_issue_view& after,
           const std::optional<outbox_message>& message,
           caf::typed_response_promise<rental_issue_view> promise);
};

issue_desk_actor::behavior_type issues(issue_desk_actor::stateful_pointer<issues_state> self);

}  // namespace chautari
