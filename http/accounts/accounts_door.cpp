#include "http/accounts/accounts_door.hpp"

#include "http/server/desk.hpp"
#include "http/websocket/topic_hub.hpp"
#include "protocols/accounts/views.hpp"

namespace chautari {

void serve_wallet_topic(lane_parts& parts, const accounts_door& door) {
  topic_kind kind{.prefix = "wallet", .is_per_user = true};
  kind.snapshot = [&desk = parts.announcements, &door](const caller& who, std::string_view,
                                                       const deliver_snapshot& deliver) {
    const auto ticket = desk.ask<wallet_view>(
        door.accounts, look_at_wallet{who.user},
        [deliver](const wallet_view& wallet) {
          deliver({.state = topic_snapshot{.data_json = wallet_event_json(wallet)}, .refusal = {}});
        },
        [deliver](const caf::error&) { deliver({.state = {}, .refusal = "service_unavailable"}); });
    if (ticket == 0) deliver({.state = {}, .refusal = "service_unavailable"});
  };
  parts.topics.add_kind(std::move(kind));
  parts.announcements.on<wallet_event>([&topics = parts.topics](const wallet_event& event) {
    topics.publish({.topic = "wallet",
                    .user = event.wallet.rider,
                    .event = "wallet.balance",
                    .at = event.at,
                    .data_json = wallet_event_json(event.wallet)});
  });
}

endpoints account_endpoints(const accounts_door& door) {
  endpoints rows{show_balance_row(door), list_transactions_row(door)};
  if (door.has_demo_credit) rows.push_back(demo_credit_row(door));
  return rows;
}

}  // namespace chautari
