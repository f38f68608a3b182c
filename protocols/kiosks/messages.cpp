#include "protocols/kiosks/messages.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<broker_refusal, 2> broker_refusal_words{{
    {broker_refusal::disconnected, "disconnected"},
    {broker_refusal::buffer_full, "buffer_full"},
}};

constexpr word_table<command_refusal, 10> command_refusal_words{{
    {command_refusal::command_busy, "command_busy"},
    {command_refusal::ejection_in_flight, "ejection_in_flight"},
    {command_refusal::station_offline, "station_offline"},
    {command_refusal::rate_limit_exceeded, "rate_limit_exceeded"},
    {command_refusal::reason_required, "reason_required"},
    {command_refusal::slot_not_found, "slot_not_found"},
    {command_refusal::powerbank_not_found, "powerbank_not_found"},
    {command_refusal::powerbank_unavailable, "powerbank_unavailable"},
    {command_refusal::idempotency_key_reused, "idempotency_key_reused"},
    {command_refusal::invalid_command, "invalid_command"},
}};

}  // namespace

std::string to_string(command_refusal value) { return word_of(command_refusal_words, value); }
std::string to_string(broker_refusal value) { return word_of(broker_refusal_words, value); }

}  // namespace chautari
