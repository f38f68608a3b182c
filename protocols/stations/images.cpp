#include "protocols/stations/images.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<slot_status, 4> slot_status_words{{
    {slot_status::available, "AVAILABLE"},
    {slot_status::occupied, "OCCUPIED"},
    {slot_status::maintenance, "MAINTENANCE"},
    {slot_status::error, "ERROR"},
}};

constexpr word_table<bank_status, 8> bank_status_words{{
    {bank_status::available, "AVAILABLE"},
    {bank_status::reserved, "RESERVED"},
    {bank_status::rented, "RENTED"},
    {bank_status::maintenance, "MAINTENANCE"},
    {bank_status::damaged, "DAMAGED"},
    {bank_status::missing, "MISSING"},
    {bank_status::lost, "LOST"},
    {bank_status::quarantined, "QUARANTINED"},
}};

constexpr word_table<station_status, 3> station_status_words{{
    {station_status::online, "ONLINE"},
    {station_status::offline, "OFFLINE"},
    {station_status::maintenance, "MAINTENANCE"},
}};

}  // namespace

std::string to_string(slot_status value) { return word_of(slot_status_words, value); }
std::optional<slot_status> parse_slot_status(std::string_view text) {
  return value_of_word(slot_status_words, text);
}
std::string to_string(bank_status value) { return word_of(bank_status_words, value); }
std::optional<bank_status> parse_bank_status(std::string_view text) {
  return value_of_word(bank_status_words, text);
}
std::string to_string(station_status value) { return word_of(station_status_words, value); }
std::optional<station_status> parse_station_status(std::string_view text) {
  return value_of_word(station_status_words, text);
}

}  // namespace chautari
