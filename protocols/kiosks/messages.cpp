#include "protocols/kiosks/messages.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<broker_refusal, 2> broker_refusal_words{{
    {broker_refusal::disconnected, "disconnected"},
    {broker_refusal::buffer_full, "buffer_full"},
}};

}  // namespace

std::string to_string(broker_refusal value) { return word_of(broker_refusal_words, value); }

}  // namespace chautari
