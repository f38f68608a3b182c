/// The balance is the account's, in memory; the movements below it are remembered until it changes.

#include <memory>

#include "http/accounts/accounts_door.hpp"
#include "http/accounts/kept_movements.hpp"
#include "http/operations/refusals.hpp"
#include "http/server/desk.hpp"
#include "protocols/accounts/views.hpp"

namespace chautari {
namespace {

constexpr std::int32_t recent_transactions = 5;

using lanes_movements = std::shared_ptr<std::vector<kept_movements>>;

void answer_balance(exchange& in, const accounts_door& door, const lanes_movements& kept,
                    const wallet_view& wallet) {
  if (const auto* known = kept->at(in.lane()).find(wallet.rider, wallet.revision))
    return in.answer(wallet_balance_json(wallet, *known));
  in.ask<transaction_page>(
      door.reader,
      list_transactions{.rider = wallet.rider,
                        .kind = {},
                        .status = {},
                        .from = {},
                        .until = {},
                        .cursor = {},
                        .limit = recent_transactions},
      [wallet, kept](exchange& out, const transaction_page& recent) {
        // Under the revision that was seen before they were asked for, never under a later one.
        kept->at(out.lane()).keep(wallet.rider, wallet.revision, recent.transactions);
        out.answer(wallet_balance_json(wallet, recent.transactions));
      },
      answer_refusal);
}

}  // namespace

endpoint show_balance_row(const accounts_door& door) {
  const auto kept = std::make_shared<std::vector<kept_movements>>(door.lanes);
  return {.path = "/api/payments/wallet/balance",
          .who = access::user_access,
          .summary = "What the rider can spend, and the latest movements",
          .handle =
              [&door, kept](exchange& in) {
                in.ask<wallet_view>(
                    door.accounts, look_at_wallet{in.user()},
                    [&door, kept](exchange& out, const wallet_view& wallet) {
                      answer_balance(out, door, kept, wallet);
                    },
                    answer_refusal);
              },
          .aliases = {"/api/wallet/balance"}};
}

}  // namespace chautari
