#include "protocols/journal/record.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<journal_refusal, 3> journal_refusal_words{{
    {journal_refusal::unavailable, "unavailable"},
    {journal_refusal::overloaded, "overloaded"},
    {journal_refusal::conflict, "conflict"},
}};

}  // namespace

std::string to_string(journal_refusal value) { return word_of(journal_refusal_words, value); }

}  // namespace chautari
