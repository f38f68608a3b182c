#include "protocols/kiosks/sync.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<sync_refusal, 7> sync_refusal_words{{
    {sync_refusal::station_not_found, "station_not_found"},
    {sync_refusal::powerbank_not_found, "powerbank_not_found"},
    {sync_refusal::slot_not_found, "slot_not_found"},
    {sync_refusal::invalid_signature, "invalid_signature"},
    {sync_refusal::request_in_progress, "request_in_progress"},
    {sync_refusal::idempotency_key_reused, "idempotency_key_reused"},
    {sync_refusal::too_many_syncs, "rate_limit_exceeded"},
}};

}  // namespace

std::string to_string(sync_refusal why) { return word_of(sync_refusal_words, why); }

}  // namespace chautari
