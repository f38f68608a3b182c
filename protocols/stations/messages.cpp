#include "protocols/stations/messages.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<station_refusal, 22> station_refusal_words{{
    {station_refusal::station_not_found, "station_not_found"},
    {station_refusal::station_offline, "station_offline"},
    {station_refusal::station_maintenance, "station_maintenance"},
    {station_refusal::station_closed, "station_closed"},
    {station_refusal::device_unreachable, "device_unreachable"},
    {station_refusal::station_busy, "station_busy"},
    {station_refusal::no_power_bank_available, "no_power_bank_available"},
    {station_refusal::powerbank_not_found, "powerbank_not_found"},
    {station_refusal::powerbank_station_mismatch, "powerbank_station_mismatch"},
    {station_refusal::requested_powerbank_unavailable, "requested_powerbank_unavailable"},
    {station_refusal::station_already_exists, "station_already_exists"},
    {station_refusal::station_has_active_rentals, "station_has_active_rentals"},
    {station_refusal::invalid_powerbank_assignment, "invalid_powerbank_assignment"},
    {station_refusal::slot_not_found, "slot_not_found"},
    {station_refusal::invalid_status_change, "invalid_status_change"},
    {station_refusal::amenity_not_found, "amenity_not_found"},
    {station_refusal::amenity_already_exists, "amenity_already_exists"},
    {station_refusal::amenity_in_use, "amenity_in_use"},
    {station_refusal::too_many_amenities, "too_many_amenities"},
    {station_refusal::issue_not_found, "issue_not_found"},
    {station_refusal::duplicate_issue_report, "duplicate_issue_report"},
    {station_refusal::assignee_not_found, "assignee_not_found"},
}};

}  // namespace

std::string to_string(station_refusal value) { return word_of(station_refusal_words, value); }

}  // namespace chautari
