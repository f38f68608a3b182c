/// Where operators are signed in.

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "http/operators/operators_door.hpp"
#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

void answer_list(exchange& out, const operator_session_list& known) {
  boost::json::array results;
  for (const auto& each : known.sessions) {
    results.push_back({{"id", each.id.text()},
                       {"created_at", to_rfc3339(each.created_at)},
                       {"last_used_at", to_rfc3339(each.last_used_at)},
                       {"authenticated_at", to_rfc3339(each.authenticated_at)},
                       {"expires_at", to_rfc3339(each.expires_at)},
                       {"ip", each.ip},
                       {"user_agent", each.user_agent},
                       {"is_current", each.id == out.caller()->session}});
  }
  out.answer(boost::json::serialize(boost::json::object{{"results", std::move(results)}}));
}

void list(exchange& in, const operators_door& door) {
  auto fields = field_reader::of_query(in);
  const auto other = fields.optional_id<operator_id>("operator_id");
  if (!fields.complete(in)) return;
  const auto self = in.caller()->as_operator;
  const auto whose = other.value_or(self);
  if (!(whose == self) && !is_allowed(in.role(), permission::admins, need::read))
    return in.fail(403, "permission_denied");
  in.ask<operator_session_list>(door.operators, list_operator_sessions{whose}, answer_list,
                                answer_operator_refusal);
}

void revoke(exchange& in, const operators_door& door) {
  const auto session = session_id::parse(in.path_text("id"));
  if (!session) return answer_operator_refusal(in, refuse(operator_refusal::session_not_found));
  revoke_operator_session wish;
  wish.stamp = in.operator_stamp();
  wish.session = *session;
  in.ask<void>(
      door.operators, std::move(wish), [](exchange& out) { out.answer(200, "", "The session has ended."); },
      answer_operator_refusal);
}

}  // namespace

endpoints operator_session_rows(const operators_door& door) {
  endpoints rows;
  rows.push_back({.path = "/api/admin/sessions",
                  .who = access::admin_access,
                  .summary = "One's live sessions; another operator's for those who keep operators",
                  .handle = [&door](exchange& in) { list(in, door); },
                  .query = {{"operator_id", "Whose; one's own without it"}},
                  .wants = {{permission::self, need::read}}});
  rows.push_back({.verb = http_method::remove,
                  .path = "/api/admin/sessions/{id}",
                  .who = access::admin_access,
                  .summary = "End a session of one's own, or anybody's for those who keep operators",
                  .handle = [&door](exchange& in) { revoke(in, door); },
                  .wants = {{permission::self, need::write}}});
  return rows;
}

}  // namespace chautari
