#include "persistence/kiosks/rows.hpp"

namespace chautari {
namespace {

std::optional<transport> door_of(std::string_view text) {
  for (const auto door : {transport::mqtt, transport::http, transport::broker}) {
    if (text == to_string(door)) return door;
  }
  return {};
}

}  // namespace

void add_image(batch_rows& rows, const command_image& command) {
  if (!rows.is_newest('c', command.id.value)) return;
  rows.commands.row()
      .id("id", command.id)
      .text("cabinet", command.cabinet.value)
      .text("kind", to_string(command.kind))
      .id_or_null("rental_id", command.rental)
      .number("bank_serial", command.bank.value)
      .number("slot", command.slot)
      .text("state", to_string(command.state))
      .flag("is_open", is_open(command.state))
      .number("attempt", command.attempt)
      .text("issued_by", command.issued_by)
      .time("created_at", command.created_at)
      .time("sent_at", command.sent_at)
      .time("replied_at", command.replied_at)
      .number("reply_code", command.reply_code)
      .number("reply_bank", command.reply_bank.value)
      .json_or_null("parameters", command.parameters)
      .text_or_null("reason", command.reason)
      .json_or_null("result", command.result)
      .number("body_hash", static_cast<std::int64_t>(command.body_hash));
}

void add_line(batch_rows& rows, const cabinet_report& report) {
  rows.reports.row()
      .id("id", report.id)
      .text("cabinet", report.cabinet.value)
      .time("received_at", report.received_at)
      .text("door", to_string(report.door))
      .number("frame_type", report.frame_type)
      .number("error", report.error)
      .bytes("raw", report.raw)
      .text_or_null("dedupe_key", report.dedupe_key);
}

void add_line(batch_rows& rows, const cabinet_log_entry& entry) {
  rows.cabinet_log.row()
      .text("cabinet", entry.cabinet.value)
      .time("occurred_at", entry.occurred_at)
      .time("recorded_at", entry.recorded_at)
      .text("kind", entry.kind)
      .json("data", entry.data);
}

void add_image(batch_rows& rows, const broker_account_image& account) {
  if (!rows.is_newest('k', account.cabinet.value)) return;
  rows.broker_accounts.row()
      .text("cabinet", account.cabinet.value)
      .text("username", account.username)
      .text("sim", account.sim)
      .time("issued_at", account.issued_at)
      .number("issues", account.issues)
      .time("revoked_at", account.revoked_at)
      .time("provisioning_until", account.provisioning_until);
}

void add_image(batch_rows& rows, const stranger_image& stranger) {
  if (!rows.is_newest('y', stranger.cabinet.value)) return;
  rows.strangers.row()
      .text("cabinet", stranger.cabinet.value)
      .text("state", to_string(stranger.state))
      .time("first_seen_at", stranger.first_seen_at)
      .time("last_seen_at", stranger.last_seen_at)
      .number("calls", stranger.calls)
      .text("door", to_string(stranger.door))
      .text("address", stranger.address)
      .text("sim", stranger.sim)
      .text("hardware", stranger.hardware)
      .text("notes", stranger.notes);
}

cabinet_report read_report(const json_row& row) {
  cabinet_report report;
  report.id = row.id<report_id>("id");
  report.cabinet = imei{row.text("cabinet")};
  report.received_at = row.time("received_at");
  report.door = row.word("door", door_of);
  report.frame_type = row.small("frame_type");
  report.error = row.small("error");
  report.raw = row.bytes("raw");
  report.dedupe_key = row.text("dedupe_key");
  return report;
}

command_image read_command(const json_row& row) {
  command_image command;
  command.id = row.id<command_id>("id");
  command.cabinet = imei{row.text("cabinet")};
  command.kind = row.word("kind", parse_command_kind);
  command.rental = row.id<rental_id>("rental_id");
  command.bank = bank_sn{static_cast<std::uint32_t>(row.number("bank_serial"))};
  command.slot = row.small("slot");
  command.state = row.word("state", parse_command_state);
  command.attempt = row.small("attempt");
  command.issued_by = row.text("issued_by");
  command.created_at = row.time("created_at");
  command.sent_at = row.time_if_any("sent_at");
  command.replied_at = row.time_if_any("replied_at");
  command.reply_code = row.small("reply_code");
  command.reply_bank = bank_sn{static_cast<std::uint32_t>(row.number("reply_bank"))};
  command.parameters = row.json("parameters");
  command.reason = row.text("reason");
  command.result = row.json("result");
  command.body_hash = static_cast<std::uint64_t>(row.number("body_hash"));
  return command;
}

cabinet_log_entry read_cabinet_log(const json_row& row) {
  return {imei{row.text("cabinet")}, row.time("occurred_at"), row.time("recorded_at"), row.text("kind"),
          row.json("data")};
}

broker_account_image read_account(const json_row& row) {
  return {imei{row.text("cabinet")},
          row.text("username"),
          row.text("sim"),
          row.time("issued_at"),
          row.small("issues"),
          row.time_if_any("revoked_at"),
          row.time_if_any("provisioning_until")};
}

stranger_image read_stranger(const json_row& row) {
  stranger_image stranger;
  stranger.cabinet = imei{row.text("cabinet")};
  stranger.state = row.word("state", parse_stranger_state);
  stranger.first_seen_at = row.time("first_seen_at");
  stranger.last_seen_at = row.time("last_seen_at");
  stranger.calls = row.number("calls");
  stranger.door = row.word("door", door_of);
  stranger.address = row.text("address");
  stranger.sim = row.text("sim");
  stranger.hardware = row.text("hardware");
  stranger.notes = row.text("notes");
  return stranger;
}

}  // namespace chautari
