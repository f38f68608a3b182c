#include "persistence/payments/rows.hpp"

namespace chautari {
namespace {

std::string order_as_json(const payment_order& order) {
  json_rows rows;
  rows.row()
      .text_or_null("station", order.station.value)
      .id_or_null("package", order.package)
      .id_or_null("rental", order.rental)
      .text("mode", to_string(order.pay.mode))
      .number("price", order.price)
      .time("quoted_at", order.quoted_at);
  if (order.bank) rows.number("bank", order.bank->value);
  if (order.pay.wallet_amount) rows.number("wallet_amount", *order.pay.wallet_amount);
  if (order.pay.points_to_use) rows.number("points_to_use", *order.pay.points_to_use);
  return rows.only();
}

payment_order read_order(const json_row& row) {
  payment_order order;
  if (row.has("station")) order.station = station_sn{row.text("station")};
  if (row.has("package")) order.package = row.id<package_id>("package");
  if (row.has("rental")) order.rental = row.id<rental_id>("rental");
  if (row.has("bank")) order.bank = bank_sn{static_cast<std::uint32_t>(row.number("bank"))};
  order.pay.mode = row.word("mode", parse_payment_mode);
  if (row.has("wallet_amount")) order.pay.wallet_amount = row.amount("wallet_amount");
  if (row.has("points_to_use")) order.pay.points_to_use = row.number("points_to_use");
  order.price = row.amount("price");
  order.quoted_at = row.time("quoted_at");
  return order;
}

}  // namespace

void add_image(batch_rows& rows, const payment_intent& intent) {
  if (!rows.is_newest('I', intent.id.value)) return;
  rows.payment_intents.row()
      .id("id", intent.id)
      .id("rider_id", intent.rider)
      .text("purpose", to_string(intent.purpose))
      .number("amount", intent.amount)
      .id("method_id", intent.method)
      .text("provider", intent.provider)
      .text_or_null("provider_ref", intent.provider_ref)
      .number("paid", intent.paid)
      .text("status", to_string(intent.status))
      .flag("is_late", intent.is_late)
      .text_or_null("failure_code", intent.failure_code)
      .id("opened_by", intent.opened_by)
      .number("body_hash", static_cast<std::int64_t>(intent.body_hash))
      .id_or_null("confirmed_by", intent.confirmed_by)
      .number("confirm_hash", static_cast<std::int64_t>(intent.confirm_hash))
      .time("created_at", intent.created_at)
      .time("expires_at", intent.expires_at)
      .time("completed_at", intent.completed_at)
      .text("order_status", to_string(intent.order_state))
      .text_or_null("order_code", intent.order_code)
      .id_or_null("order_rental_id", intent.order_rental)
      .number("version", intent.version);
  if (intent.order) rows.payment_intents.json("order_snapshot", order_as_json(*intent.order));
}

payment_intent read_intent(const json_row& row) {
  payment_intent intent;
  intent.id = row.id<intent_id>("id");
  intent.rider = row.id<user_id>("rider_id");
  intent.purpose = row.word("purpose", parse_intent_purpose);
  intent.amount = row.amount("amount");
  intent.method = row.id<gateway_id>("method_id");
  intent.provider = row.text("provider");
  intent.provider_ref = row.text("provider_ref");
  intent.paid = row.amount("paid");
  intent.status = row.word("status", parse_intent_status);
  intent.is_late = row.flag("is_late");
  intent.failure_code = row.text("failure_code");
  intent.opened_by = row.id<command_id>("opened_by");
  intent.body_hash = static_cast<std::uint64_t>(row.number("body_hash"));
  intent.confirmed_by = row.id<command_id>("confirmed_by");
  intent.confirm_hash = static_cast<std::uint64_t>(row.number("confirm_hash"));
  intent.created_at = row.time("created_at");
  intent.expires_at = row.time("expires_at");
  intent.completed_at = row.time_if_any("completed_at");
  if (const auto order = row.object("order_snapshot")) intent.order = read_order(*order);
  intent.order_state = row.word("order_status", parse_order_status);
  intent.order_code = row.text("order_code");
  intent.order_rental = row.id<rental_id>("order_rental_id");
  intent.version = row.small("version");
  return intent;
}

}  // namespace chautari
