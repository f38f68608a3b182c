#include "protocols/stations/messages.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<station_refusal, 10> station_refusal_words{{
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
}};

}  // namespace

std::string to_string(station_refusal value) { return word_of(station_refusal_words, value); }

}  // namespace chautari
