#include "protocols/accounts/messages.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<account_refusal, 7> account_refusal_words{{
    {account_refusal::account_not_found, "account_not_found"},
    {account_refusal::account_banned, "account_banned"},
    {account_refusal::account_deactivated, "account_deactivated"},
    {account_refusal::too_many_favourites, "too_many_favourites"},
    {account_refusal::amount_out_of_range, "amount_out_of_range"},
    {account_refusal::already_credited, "already_credited"},
    {account_refusal::account_busy, "account_busy"},
}};

}  // namespace

std::string to_string(account_refusal value) { return word_of(account_refusal_words, value); }

}  // namespace chautari
