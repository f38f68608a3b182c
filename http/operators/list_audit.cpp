/// The log of who did what, newest first.

#include "http/operations/paging.hpp"
#include "http/operators/operators_door.hpp"
#include "http/server/desk.hpp"
#include "protocols/operations/questions.hpp"

namespace chautari {
namespace {

void append_text(std::string& out, std::string_view key, const std::string& text) {
  out.append(",\"").append(key).append("\":");
  text.empty() ? void(out += "null") : append_json_text(out, text);
}

/// A JSON object as it was stored.
void append_object(std::string& out, std::string_view key, const std::string& object) {
  out.append(",\"").append(key).append("\":").append(object.empty() ? "null" : object);
}

void append_row(std::string& out, const audit_log_row& row) {
  const auto& entry = row.entry;
  out.append(R"({"seq":)").append(std::to_string(row.seq));
  append_text(out, "id", entry.id.text());
  append_text(out, "at", to_rfc3339(entry.at));
  append_text(out, "actor_type", to_string(entry.actor));
  append_text(out, "actor_id", entry.actor_id);
  append_text(out, "action", entry.action);
  append_text(out, "entity", entry.entity);
  append_text(out, "entity_id", entry.entity_id);
  append_object(out, "before", entry.before);
  append_object(out, "after", entry.after);
  append_text(out, "reason", entry.reason);
  append_text(out, "ip", entry.ip);
  append_text(out, "user_agent", entry.user_agent);
  append_text(out, "session_id", entry.session);
  append_text(out, "request_id", entry.request_id);
  append_text(out, "hash", row.hash);
  out += '}';
}

void list(exchange& in, const operators_door& door) {
  auto fields = field_reader::of_query(in);
  const text_limits word{.shortest = 1, .longest = 255};
  list_audit_log question;
  question.actor_id = fields.optional_text("actor_id", word).value_or("");
  question.action = fields.optional_text("action", word).value_or("");
  question.entity = fields.optional_text("entity", word).value_or("");
  question.entity_id = fields.optional_text("entity_id", word).value_or("");
  question.from = read_day_or_time(fields, "from", false);
  question.until = read_day_or_time(fields, "until", true);
  if (question.from && question.until && *question.until <= *question.from)
    fields.note("until", "out_of_range");
  const auto page = read_feed_page(fields);
  if (!fields.complete(in)) return;
  question.cursor = page.cursor;
  question.limit = page.limit;
  in.ask<audit_log_page>(
      door.reader, std::move(question),
      [page](exchange& out, const audit_log_page& found) {
        std::string data = R"({"results":[)";
        for (const auto& row : found.rows) {
          if (data.back() != '[') data += ',';
          append_row(data, row);
        }
        append_feed_end(data, {.cursor = page.cursor, .limit = page.limit}, found.next_cursor, 0);
        out.answer(data);
      },
      answer_page_refusal);
}

}  // namespace

endpoint list_audit_row(const operators_door& door) {
  return {.path = "/api/admin/audit",
          .who = access::admin_access,
          .summary = "Who did what, newest first",
          .handle = [&door](exchange& in) { list(in, door); },
          .aliases = {"/api/admin/action-logs"},
          .query = {{"actor_id", "Of one person or program"},
                    {"action", "Whole: operator.login"},
                    {"entity", "station, operator, user, powerbank, command"},
                    {"entity_id"},
                    {"from", "A day in Asia/Kathmandu or a moment"},
                    {"until", "The day included, the moment not"},
                    {"cursor"},
                    {"limit", "1 to 100, 20 without it"}},
          .wants = {{permission::audit, need::read}}};
}

}  // namespace chautari
