#include "persistence/rentals/rows.hpp"

#include "persistence/base/database_error.hpp"
#include "persistence/pricing/rows.hpp"
#include "persistence/rentals/life.hpp"

namespace chautari {
namespace {

void add_identity(table_rows& row, const rental_image& rental) {
  row.text("code", rental.code)
      .id("rider_id", rental.rider)
      .text("rider_name", rental.rider_name)
      .id("station_id", rental.station)
      .text("station_serial", rental.station_serial.value)
      .text("station_name", rental.station_name)
      .text("cabinet", rental.cabinet.value)
      .json("package", package_as_json(rental.package))
      .json("late_fee", terms_as_json(rental.late_fee, rental.lost))
      .text("mode", to_string(rental.mode))
      .time("created_at", rental.created_at)
      .id_or_null("started_by", rental.started_by)
      .number("start_body_hash", static_cast<std::int64_t>(rental.start_body_hash));
}

void add_bank_and_money(table_rows& row, const rental_image& rental) {
  row.number("slot", rental.slot)
      .id_or_null("bank_id", rental.bank)
      .number("bank_serial", rental.bank_serial.value)
      .number("bank_ejections", rental.bank_ejections)
      .number("start_battery", rental.start_battery)
      .number("price", rental.price)
      .number("paid_cash", rental.paid.wallet_cash)
      .number("paid_goodwill", rental.paid.wallet_goodwill)
      .number("paid_points", rental.paid.points_used)
      .id_or_null("payment_id", rental.payment)
      .number("late_fee_charged", rental.late_fee_charged)
      .number("due", rental.due)
      .flag("bonus_awarded", rental.bonus_awarded)
      .json_or_null("life", life_as_json(rental.life));
}

void add_course(table_rows& row, const rental_image& rental) {
  row.text("status", to_string(rental.status))
      .flag("is_open", is_open(rental.status))
      .text("closure", to_string(rental.closure))
      .flag("ejection_uncertain", rental.ejection_uncertain)
      .flag("cancel_requested", rental.cancel_requested)
      .number("publishes", rental.publishes)
      .time("started_at", rental.started_at)
      .time("due_at", rental.due_at)
      .time("ended_at", rental.ended_at)
      .id_or_null("return_station_id", rental.return_station)
      .text("return_station_name", rental.return_station_name)
      .number("return_slot", rental.return_slot)
      .number("return_battery", rental.return_battery)
      .flag("on_time", rental.on_time)
      .flag("under_5_minutes", rental.under_5_minutes);
}

void read_identity(const json_row& row, rental_image& rental) {
  rental.id = row.id<rental_id>("id");
  rental.code = row.text("code");
  rental.rider = row.id<user_id>("rider_id");
  rental.rider_name = row.text("rider_name");
  rental.station = row.id<station_id>("station_id");
  rental.station_serial = station_sn{row.text("station_serial")};
  rental.station_name = row.text("station_name");
  rental.cabinet = imei{row.text("cabinet")};
  if (const auto package = row.object("package")) rental.package = read_package(*package);
  if (const auto terms = row.object("late_fee")) {
    rental.late_fee = read_terms(*terms);
    rental.lost = read_lost_terms(*terms);
  }
  rental.mode = row.word("mode", parse_payment_mode);
  rental.created_at = row.time("created_at");
  rental.started_by = row.id<command_id>("started_by");
  rental.start_body_hash = static_cast<std::uint64_t>(row.number("start_body_hash"));
  rental.revision = row.number("revision");
}

void read_bank_and_money(const json_row& row, rental_image& rental) {
  rental.slot = row.small("slot");
  rental.bank = row.id<bank_id>("bank_id");
  rental.bank_serial = bank_sn{static_cast<std::uint32_t>(row.number("bank_serial"))};
  rental.bank_ejections = row.small("bank_ejections");
  rental.start_battery = row.small("start_battery");
  rental.price = row.amount("price");
  rental.paid = {row.amount("paid_cash"), row.amount("paid_goodwill"), row.number("paid_points")};
  rental.payment = row.id<transaction_id>("payment_id");
  rental.late_fee_charged = row.amount("late_fee_charged");
  rental.due = row.amount("due");
  rental.bonus_awarded = row.flag("bonus_awarded");
  if (const auto life = row.object("life")) rental.life = read_life(*life);
}

void read_course(const json_row& row, rental_image& rental) {
  rental.status = row.word("status", parse_rental_status);
  rental.closure = row.word("closure", parse_closure_reason);
  rental.ejection_uncertain = row.flag("ejection_uncertain");
  rental.cancel_requested = row.flag("cancel_requested");
  rental.publishes = row.small("publishes");
  rental.started_at = row.time_if_any("started_at");
  rental.due_at = row.time_if_any("due_at");
  rental.ended_at = row.time_if_any("ended_at");
  rental.return_station = row.id<station_id>("return_station_id");
  rental.return_station_name = row.text("return_station_name");
  rental.return_slot = row.small("return_slot");
  rental.return_battery = row.small("return_battery");
  rental.on_time = row.flag("on_time");
  rental.under_5_minutes = row.flag("under_5_minutes");
}

}  // namespace

void add_image(batch_rows& rows, const rental_image& rental) {
  const auto [at, is_newest] = rows.places_of_rentals.try_emplace(rental.id, rows.newest_rentals.size());
  if (is_newest) {
    rows.newest_rentals.push_back({&rental, rental.revision});
    return;
  }
  auto& newer = rows.newest_rentals[at->second];
  if (rental.revision >= newer.oldest_revision) throw stale_image("rentals_revision", rental.id.text());
  newer.oldest_revision = rental.revision;
}

void add_rentals(batch_rows& rows) {
  for (const bool wants_open : {false, true}) {
    for (const auto& [image, oldest_revision] : rows.newest_rentals) {
      if (is_open(image->status) != wants_open) continue;
      const bool is_new = oldest_revision == 1;
      auto& row = (is_new ? rows.new_rentals : rows.changed_rentals).row();
      row.id("id", image->id).number("revision", image->revision);
      if (is_new) add_identity(row, *image);
      add_bank_and_money(row, *image);
      add_course(row, *image);
    }
  }
}

void add_line(batch_rows& rows, const rental_log_entry& entry) {
  std::string key;
  append_uuid(key, entry.rental.value);
  key += std::to_string(entry.revision);
  rows.rental_log.row()
      .id("rental_id", entry.rental)
      .number("revision", entry.revision)
      .number("n", rows.log_lines[key]++)
      .text("kind", entry.kind)
      .text("rule", entry.rule)
      .time("occurred_at", entry.occurred_at)
      .time("recorded_at", entry.recorded_at)
      .json("data", entry.data);
}

void add_line(batch_rows& rows, const rental_charge& charge) {
  rows.charges.row()
      .id("rental_id", charge.rental)
      .text("kind", to_string(charge.kind))
      .number("n", charge.n)
      .number("amount", charge.amount)
      .json("basis", charge.basis);
}

void add_line(batch_rows& rows, const rental_payment& payment) {
  rows.payments.row()
      .id("rental_id", payment.rental)
      .number("n", payment.n)
      .id_or_null("transaction_id", payment.transaction)
      .number("cash", payment.split.wallet_cash)
      .number("goodwill", payment.split.wallet_goodwill)
      .number("points", payment.split.points_used)
      .flag("is_refund", payment.refund);
}

void add_line(batch_rows& rows, const rental_extension& extension) {
  rows.extensions.row()
      .id("id", extension.id)
      .id("rental_id", extension.rental)
      .id("package_id", extension.package)
      .id("created_by", extension.created_by)
      .number("extended_minutes", extension.extended_minutes)
      .number("cost", extension.cost)
      .time("extended_at", extension.at);
}

void add_line(batch_rows& rows, const rental_swap& swap) {
  rows.swaps.row()
      .id("rental_id", swap.rental)
      .number("n", swap.n)
      .id("rider_id", swap.rider)
      .id("station_id", swap.station)
      .id("old_bank_id", swap.old_bank)
      .id("new_bank_id", swap.new_bank)
      .number("old_slot", swap.old_slot)
      .number("new_slot", swap.new_slot)
      .number("old_battery", swap.old_battery)
      .number("new_battery", swap.new_battery)
      .text("reason", to_string(swap.reason))
      .text("description", swap.description)
      .time("swapped_at", swap.at);
}

void add_line(batch_rows& rows, const rental_location& where) {
  rows.locations.row()
      .id("rental_id", where.rental)
      .time("noted_at", where.at)
      .real("latitude", where.latitude)
      .real("longitude", where.longitude)
      .real("accuracy_m", where.accuracy_m);
}

void add_image(batch_rows& rows, const rental_issue_image& issue) {
  if (!rows.is_newest('j', issue.id.value)) return;
  rows.rental_issues.row()
      .id("id", issue.id)
      .id("rental_id", issue.rental)
      .id("reporter_id", issue.reporter)
      .text("issue_type", to_string(issue.type))
      .text("description", issue.description)
      .json("images", issue.images, "[]")
      .flag("is_resolved", issue.is_resolved)
      .text("notes", issue.notes)
      .time("reported_at", issue.reported_at)
      .time("updated_at", issue.updated_at)
      .time("resolved_at", issue.resolved_at)
      .flag("is_deleted", issue.is_deleted);
}

rental_image read_rental(const json_row& row) {
  rental_image rental;
  read_identity(row, rental);
  read_bank_and_money(row, rental);
  read_course(row, rental);
  return rental;
}

rental_log_entry read_log_entry(const json_row& row) {
  return {row.id<rental_id>("rental_id"), row.number("revision"),  row.text("kind"), row.text("rule"),
          row.time("occurred_at"),        row.time("recorded_at"), row.json("data")};
}

rental_charge read_charge(const json_row& row) {
  return {row.id<rental_id>("rental_id"), row.word("kind", parse_charge_kind), row.small("n"),
          row.amount("amount"), row.json("basis")};
}

rental_payment read_payment(const json_row& row) {
  return {row.id<rental_id>("rental_id"),
          row.small("n"),
          row.id<transaction_id>("transaction_id"),
          {row.amount("cash"), row.amount("goodwill"), row.number("points")},
          row.flag("is_refund")};
}

rental_extension read_extension(const json_row& row) {
  return {row.id<extension_id>("id"),    row.id<rental_id>("rental_id"), row.id<package_id>("package_id"),
          row.id<user_id>("created_by"), row.small("extended_minutes"),  row.amount("cost"),
          row.time("extended_at")};
}

rental_swap read_swap(const json_row& row) {
  rental_swap swap;
  swap.rental = row.id<rental_id>("rental_id");
  swap.n = row.small("n");
  swap.rider = row.id<user_id>("rider_id");
  swap.station = row.id<station_id>("station_id");
  swap.old_bank = row.id<bank_id>("old_bank_id");
  swap.new_bank = row.id<bank_id>("new_bank_id");
  swap.old_slot = row.small("old_slot");
  swap.new_slot = row.small("new_slot");
  swap.old_battery = row.small("old_battery");
  swap.new_battery = row.small("new_battery");
  swap.reason = row.word("reason", parse_swap_reason);
  swap.description = row.text("description");
  swap.at = row.time("swapped_at");
  return swap;
}

rental_issue_image read_rental_issue(const json_row& row) {
  rental_issue_image issue;
  issue.id = row.id<issue_id>("id");
  issue.rental = row.id<rental_id>("rental_id");
  issue.reporter = row.id<user_id>("reporter_id");
  issue.type = row.word("issue_type", parse_rental_issue_type);
  issue.description = row.text("description");
  issue.images = row.json("images");
  issue.is_resolved = row.flag("is_resolved");
  issue.notes = row.text("notes");
  issue.reported_at = row.time("reported_at");
  issue.updated_at = row.time("updated_at");
  issue.resolved_at = row.time_if_any("resolved_at");
  issue.is_deleted = row.flag("is_deleted");
  return issue;
}

}  // namespace chautari
