#include "persistence/operations/rows.hpp"

namespace chautari {

void add_image(batch_rows& rows, const stored_answer& answer) {
  if (!rows.is_newest('w', answer.id.value)) return;
  rows.answers.row()
      .id("id", answer.id)
      .id("owner_id", answer.owner)
      .text("route", answer.route)
      .number("body_hash", static_cast<std::int64_t>(answer.body_hash))
      .number("status", answer.status)
      .text("data", answer.data)
      .time("created_at", answer.created_at);
}

void add_line(batch_rows& rows, const outbox_message& message) {
  rows.outbox.row()
      .id("id", message.id)
      .text("channel", message.channel)
      .text("recipient", message.recipient)
      .text("template_id", message.template_id)
      .json("variables", message.variables)
      .time("created_at", message.created_at)
      .time("expires_at", message.expires_at);
}

void add_line(batch_rows& rows, const audit_entry& entry) {
  rows.audit_log.row()
      .number("seq", static_cast<std::int64_t>(rows.audit_log.size()))
      .id("id", entry.id)
      .time("at", entry.at)
      .text("actor_type", to_string(entry.actor))
      .text("actor_id", entry.actor_id)
      .text("action", entry.action)
      .text("entity", entry.entity)
      .text("entity_id", entry.entity_id)
      .json_or_null("before", entry.before)
      .json_or_null("after", entry.after)
      .text_or_null("reason", entry.reason)
      .text_or_null("ip", entry.ip)
      .text_or_null("user_agent", entry.user_agent)
      .text_or_null("session_id", entry.session)
      .text_or_null("request_id", entry.request_id);
}

audit_entry read_audit_entry(const json_row& row) {
  audit_entry entry;
  entry.id = row.id<audit_id>("id");
  entry.at = row.time("at");
  entry.actor = row.word("actor_type", parse_audit_actor);
  entry.actor_id = row.text("actor_id");
  entry.action = row.text("action");
  entry.entity = row.text("entity");
  entry.entity_id = row.text("entity_id");
  entry.before = row.json("before");
  entry.after = row.json("after");
  entry.reason = row.text("reason");
  entry.ip = row.text("ip");
  entry.user_agent = row.text("user_agent");
  entry.session = row.text("session_id");
  entry.request_id = row.text("request_id");
  return entry;
}

stored_answer read_answer(const json_row& row) {
  stored_answer answer;
  answer.id = row.id<command_id>("id");
  answer.owner = row.id<user_id>("owner_id");
  answer.route = row.text("route");
  answer.body_hash = static_cast<std::uint64_t>(row.number("body_hash"));
  answer.status = row.small("status");
  answer.data = row.text("data");
  answer.created_at = row.time("created_at");
  return answer;
}

}  // namespace chautari
