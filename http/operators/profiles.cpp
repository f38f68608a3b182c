/// The operators, for those who keep them.

#include <boost/json/serialize.hpp>

#include <algorithm>

#include "http/operations/paging.hpp"
#include "http/operators/operators_door.hpp"
#include "http/server/desk.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

constexpr text_limits name_limits{.shortest = 1, .longest = limits::operator_name_bytes_max};
constexpr text_limits role_limits{.shortest = 1, .longest = 32};
constexpr text_limits reason_limits{.shortest = 1, .longest = limits::reason_bytes_max};
constexpr text_limits password_limits{.shortest = 1, .longest = operator_password_bytes_max};

/// An empty word has been noted already.
std::optional<operator_role> role_named(field_reader& fields, const std::string& word) {
  const auto role = parse_operator_role(word);
  if (!role && !word.empty()) fields.note("role", "not_a_choice");
  return role;
}

/// The operator of the path, or 404 is answered.
std::optional<operator_id> read_whom(exchange& in) {
  const auto id = operator_id::parse(in.path_text("id"));
  if (!id) answer_operator_refusal(in, refuse(operator_refusal::operator_not_found));
  return id;
}

void answer_list(exchange& out, const operator_list& all, const table_page& page) {
  std::string data = R"({"results":[)";
  const auto total = static_cast<std::int64_t>(all.operators.size());
  for (auto at = page.offset(); at < std::min(total, page.offset() + page.size); ++at) {
    if (at > page.offset()) data += ',';
    data += boost::json::serialize(operator_json(all.operators[static_cast<std::size_t>(at)]));
  }
  append_table_end(data, page, total);
  out.answer(data);
}

void list(exchange& in, const operators_door& door) {
  auto fields = field_reader::of_query(in);
  const auto page = read_table_page(fields);
  if (!fields.complete(in)) return;
  in.ask<operator_list>(
      door.operators, list_operators{},
      [page](exchange& out, const operator_list& all) { answer_list(out, all, page); },
      answer_operator_refusal);
}

void show(exchange& in, const operators_door& door) {
  const auto whom = read_whom(in);
  if (!whom) return;
  in.ask<operator_image>(
      door.operators, look_at_operator{*whom},
      [](exchange& out, const operator_image& who) {
        out.answer(boost::json::serialize(boost::json::object{{"operator", operator_json(who)}}));
      },
      answer_operator_refusal);
}

void create(exchange& in, const operators_door& door) {
  field_reader fields{in};
  create_operator wish;
  wish.email = fields.text("email", {.shortest = 1, .longest = limits::identifier_bytes_max});
  wish.name = fields.text("name", name_limits);
  wish.role = role_named(fields, fields.text("role", role_limits)).value_or(operator_role::moderator);
  wish.password = fields.text("password", password_limits);
  if (!fields.complete(in)) return;
  wish.stamp = in.operator_stamp();
  in.ask<operator_kept>(
      door.operators, std::move(wish),
      [](exchange& out, const operator_kept& kept) { answer_operator_kept(out, 201, kept); },
      answer_operator_refusal);
}

void ask_for(exchange& in, const operators_door& door, change_operator wish) {
  wish.stamp = in.operator_stamp();
  in.ask<operator_kept>(
      door.operators, std::move(wish),
      [](exchange& out, const operator_kept& kept) { answer_operator_kept(out, 200, kept); },
      answer_operator_refusal);
}

void change(exchange& in, const operators_door& door) {
  const auto whom = read_whom(in);
  if (!whom) return;
  field_reader fields{in};
  change_operator wish;
  wish.id = *whom;
  wish.name = fields.optional_text("name", name_limits);
  if (const auto role = fields.optional_text("role", role_limits)) wish.role = role_named(fields, *role);
  wish.new_password = fields.optional_text("new_password", password_limits);
  wish.is_active = fields.optional_flag("is_active");
  wish.reset_totp = fields.optional_flag("reset_totp").value_or(false);
  wish.reason = fields.optional_text("reason", reason_limits).value_or("");
  if (fields.complete(in)) ask_for(in, door, std::move(wish));
}

/// Operators stay in the audit log for ever, so nobody is deleted: they are put to rest.
void remove(exchange& in, const operators_door& door) {
  const auto whom = read_whom(in);
  if (!whom) return;
  auto fields = field_reader::of_query(in);
  change_operator wish;
  wish.id = *whom;
  wish.is_active = false;
  wish.reason = fields.optional_text("reason", reason_limits).value_or("");
  if (fields.complete(in)) ask_for(in, door, std::move(wish));
}

endpoint row_of(http_method verb, std::string path, std::string summary, need level,
                void (*handle)(exchange&, const operators_door&), const operators_door& door) {
  return {.verb = verb,
          .path = std::move(path),
          .who = access::admin_access,
          .summary = std::move(summary),
          .handle = [handle, &door](exchange& in) { handle(in, door); },
          .wants = {{permission::admins, level}},
          .is_sensitive = level == need::write};
}

}  // namespace

endpoints operator_profile_rows(const operators_door& door) {
  const std::string all = "/api/admin/profiles";
  const std::string one = "/api/admin/profiles/{id}";
  endpoints rows;
  rows.push_back(row_of(http_method::get, all, "The operators", need::read, list, door));
  rows.push_back(row_of(http_method::get, one, "One operator", need::read, show, door));
  rows.push_back(row_of(http_method::post, all,
                        "A new operator; answers the secret of the one-time codes, once", need::write, create,
                        door));
  rows.back().body = body_kind::json;
  rows.push_back(row_of(http_method::patch, one,
                        "Change an operator's name, role, password, activity or codes", need::write, change,
                        door));
  rows.back().body = body_kind::json;
  rows.push_back(row_of(http_method::remove, one, "Put an operator to rest", need::write, remove, door));
  rows.back().query = {{"reason", "For the audit log"}};
  return rows;
}

}  // namespace chautari
