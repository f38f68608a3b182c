#pragma once
/// The riders' money: balance, transactions, and the topic `wallet`. In demo and test also a credit from
/// nowhere.

#include "http/server/door.hpp"
#include "http/server/endpoint.hpp"
#include "protocols/accounts/interface.hpp"
#include "protocols/journal/reader.hpp"

namespace chautari {

struct accounts_door {
  accounts_actor accounts;
  reader_actor reader;
  bool has_demo_credit = false;  ///< Only where environment is demo or test.
  std::size_t lanes = 1;         ///< I/O threads of the door.
};

/// `door` must outlive the rows.
[[nodiscard]] endpoints account_endpoints(const accounts_door& door);

[[nodiscard]] endpoint show_balance_row(const accounts_door& door);
[[nodiscard]] endpoint list_transactions_row(const accounts_door& door);
[[nodiscard]] endpoint demo_credit_row(const accounts_door& door);

/// The topic `wallet` of this lane.
void serve_wallet_topic(lane_parts& parts, const accounts_door& door);

}  // namespace chautari
