#include "protocols/users/images.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<user_status, 4> user_status_words{{
    {user_status::active, "ACTIVE"},
    {user_status::inactive, "INACTIVE"},
    {user_status::banned, "BANNED"},
    {user_status::deleted, "DELETED"},
}};

}  // namespace

std::string to_string(user_status value) { return word_of(user_status_words, value); }
std::optional<user_status> parse_user_status(std::string_view text) {
  return value_of_word(user_status_words, text);
}

}  // namespace chautari
