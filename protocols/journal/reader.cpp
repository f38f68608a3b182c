#include "protocols/journal/reader.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<reader_refusal, 3> reader_refusal_words{{
    {reader_refusal::unavailable, "unavailable"},
    {reader_refusal::overloaded, "overloaded"},
    {reader_refusal::not_found, "not_found"},
}};

}  // namespace

std::string to_string(reader_refusal value) { return word_of(reader_refusal_words, value); }

}  // namespace chautari
