#include "protocols/kiosks/registry.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<stranger_state, 3> stranger_state_words{{
    {stranger_state::waiting, "WAITING"},
    {stranger_state::approved, "APPROVED"},
    {stranger_state::rejected, "REJECTED"},
}};

constexpr word_table<registry_refusal, 7> registry_refusal_words{{
    {registry_refusal::unknown_cabinet, "unknown_cabinet"},
    {registry_refusal::not_provisioned, "not_provisioned"},
    {registry_refusal::cabinet_rejected, "cabinet_rejected"},
    {registry_refusal::call_too_often, "rate_limit_exceeded"},
    {registry_refusal::broker_unavailable, "broker_unavailable"},
    {registry_refusal::call_not_read, "call_not_read"},
    {registry_refusal::duplicate_call, "duplicate_call"},
}};

}  // namespace

std::string to_string(stranger_state state) { return word_of(stranger_state_words, state); }
std::optional<stranger_state> parse_stranger_state(std::string_view text) {
  return value_of_word(stranger_state_words, text);
}
std::string to_string(registry_refusal why) { return word_of(registry_refusal_words, why); }

}  // namespace chautari
