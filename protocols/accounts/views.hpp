#pragma once
/// What a rider sees of wallet and transactions, as JSON.

#include <string>
#include <vector>

#include "protocols/accounts/messages.hpp"
#include "protocols/journal/reader.hpp"

namespace chautari {

/// `data` of GET /api/payments/wallet/balance. `recent` are the newest transactions, at most five are shown.
[[nodiscard]] std::string wallet_balance_json(const wallet_view& wallet,
                                              const std::vector<transaction_row>& recent);
/// One item of GET /api/payments/transactions.
[[nodiscard]] std::string transaction_item_json(const transaction_row& row);
/// `data` of the event wallet.balance.
[[nodiscard]] std::string wallet_event_json(const wallet_view& wallet);

}  // namespace chautari
