#include "http/rentals/rental_issue_json.hpp"

#include <boost/json.hpp>

#include "http/stations/care_json.hpp"

namespace chautari {
namespace {

boost::json::value text_or_null(const std::string& text) {
  return text.empty() ? boost::json::value{} : boost::json::value(text);
}

/// What riders and operators both read.
boost::json::object issue_of(const rental_issue_image& issue) {
  return {{"id", issue.id.text()},
          {"issue_type", to_string(issue.type)},
          {"description", issue.description},
          {"images", parsed_json(issue.images)},
          {"status", issue.is_resolved ? "RESOLVED" : "REPORTED"},
          {"reported_at", to_rfc3339(issue.reported_at)},
          {"resolved_at",
           issue.resolved_at ? boost::json::value(to_rfc3339(*issue.resolved_at)) : boost::json::value{}}};
}

}  // namespace

boost::json::object own_rental_issue_json(const rental_issue_view& view) {
  auto shown = issue_of(view.issue);
  shown["scope"] = "rental";
  shown["rental"] = {{"id", view.issue.rental.text()}, {"rental_code", text_or_null(view.rental_code)}};
  shown["station_name"] = text_or_null(view.station_name);
  return shown;
}

boost::json::object rental_issue_json(const rental_issue_view& view, bool shows_reporter) {
  auto shown = issue_of(view.issue);
  boost::json::value reporter;
  if (shows_reporter) reporter = {{"id", view.issue.reporter.text()}, {"username", view.reporter_name}};
  shown["rental_id"] = view.issue.rental.text();
  shown["rental_code"] = view.rental_code;
  shown["reporter"] = std::move(reporter);
  shown["station_name"] = view.station_name;
  shown["bank_sn"] = view.bank.is_nil() ? boost::json::value{} : boost::json::value(view.bank.text());
  shown["notes"] = view.issue.notes;
  shown["updated_at"] = to_rfc3339(view.issue.updated_at);
  return shown;
}

}  // namespace chautari
