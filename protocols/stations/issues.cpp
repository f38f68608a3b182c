#include "protocols/stations/issues.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<station_issue_type, 6> type_words{{
    {station_issue_type::offline, "OFFLINE"},
    {station_issue_type::damaged, "DAMAGED"},
    {station_issue_type::dirty, "DIRTY"},
    {station_issue_type::location_wrong, "LOCATION_WRONG"},
    {station_issue_type::slot_error, "SLOT_ERROR"},
    {station_issue_type::amenity_issue, "AMENITY_ISSUE"},
}};

constexpr word_table<issue_priority, 4> priority_words{{
    {issue_priority::low, "LOW"},
    {issue_priority::medium, "MEDIUM"},
    {issue_priority::high, "HIGH"},
    {issue_priority::critical, "CRITICAL"},
}};

constexpr word_table<issue_status, 4> status_words{{
    {issue_status::reported, "REPORTED"},
    {issue_status::acknowledged, "ACKNOWLEDGED"},
    {issue_status::in_progress, "IN_PROGRESS"},
    {issue_status::resolved, "RESOLVED"},
}};

}  // namespace

std::string to_string(station_issue_type value) { return word_of(type_words, value); }
std::string to_string(issue_priority value) { return word_of(priority_words, value); }
std::string to_string(issue_status value) { return word_of(status_words, value); }
std::optional<station_issue_type> parse_station_issue_type(std::string_view text) {
  return value_of_word(type_words, text);
}
std::optional<issue_priority> parse_issue_priority(std::string_view text) {
  return value_of_word(priority_words, text);
}
std::optional<issue_status> parse_issue_status(std::string_view text) {
  return value_of_word(status_words, text);
}

}  // namespace chautari
