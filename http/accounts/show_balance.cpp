#include "http/accounts/accounts_door.hpp"
#include "http/operations/refusals.hpp"
#include "http/server/desk.hpp"
#include "protocols/accounts/views.hpp"

namespace chautari {
namespace {

constexpr std::int32_t recent_transactions = 5;

void answer_balance(exchange& in, const accounts_door& door, const wallet_view& wallet) {
  in.ask<transaction_page>(
      door.reader,
      list_transactions{.rider = wallet.rider,
                        .kind = {},
                        .status = {},
                        .from = {},
                        .until = {},
                        .cursor = {},
                        .limit = recent_transactions},
      [wallet](exchange& out, const transaction_page& recent) {
        out.answer(wallet_balance_json(wallet, recent.transactions));
      },
      answer_refusal);
}

}  // namespace

endpoint show_balance_row(const accounts_door& door) {
  return {.path = "/api/payments/wallet/balance",
          .who = access::user_access,
          .summary = "What the rider can spend, and the latest movements",
          .handle =
              [&door](exchange& in) {
                in.ask<wallet_view>(
                    door.accounts, look_at_wallet{in.user()},
                    [&door](exchange& out, const wallet_view& wallet) { answer_balance(out, door, wallet); },
                    answer_refusal);
              },
          .aliases = {"/api/wallet/balance"}};
}

}  // namespace chautari
