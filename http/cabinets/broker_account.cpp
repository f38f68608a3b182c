/// A station's login at the broker: looked at, opened for the next connect, renewed, taken away.

#include <boost/json.hpp>
#include <iterator>

#include "http/cabinets/cabinets_office.hpp"
#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

boost::json::value time_or_null(const std::optional<timestamp>& at) {
  return at ? boost::json::value(to_rfc3339(*at)) : nullptr;
}

/// Its password is nowhere.
void answer_account(exchange& out, const broker_account_view& view) {
  if (!view.account) return out.answer(R"({"account":null})");
  const auto& account = *view.account;
  const bool was_issued = account.issues > 0;
  out.answer(boost::json::serialize(boost::json::object{
      {"account",
       {{"imei", account.cabinet.value},
        {"username", account.username},
        {"sim", account.sim},
        {"issued_at", was_issued ? boost::json::value(to_rfc3339(account.issued_at)) : nullptr},
        {"issues", account.issues},
        {"is_revoked", account.revoked_at.has_value()},
        {"revoked_at", time_or_null(account.revoked_at)},
        {"provisioning_until", time_or_null(account.provisioning_until)}}}}));
}

void show(exchange& in, const cabinets_office& office) {
  const auto* station = operators_station(in, office.care);
  if (station == nullptr) return;
  in.ask<broker_account_view>(office.registry, look_at_broker_account{station->view.facts.cabinet},
                              answer_account, answer_registry_refusal);
}

void change(exchange& in, const cabinets_office& office) {
  const auto* station = operators_station(in, office.care);
  if (station == nullptr) return;
  field_reader fields{in};
  change_broker_account wish;
  wish.cabinet = station->view.facts.cabinet;
  wish.action =
      fields.choice<broker_account_action>("action", {{"provision", broker_account_action::provision},
                                                      {"rotate", broker_account_action::rotate},
                                                      {"revoke", broker_account_action::revoke}});
  wish.reason = fields.text("reason", {.shortest = 1, .longest = limits::reason_bytes_max});
  if (!fields.complete(in)) return;
  wish.by = in.operator_stamp();
  in.ask<broker_account_view>(office.registry, std::move(wish), answer_account, answer_registry_refusal);
}

}  // namespace

endpoints broker_account_rows(const cabinets_office& office) {
  const std::string path = "/api/admin/stations/{sn}/broker-account";
  endpoints rows;
  rows.push_back({.path = path,
                  .who = access::admin_access,
                  .summary = "The cabinet's login at the broker, without its password",
                  .handle = [&office](exchange& in) { show(in, office); },
                  .wants = {{permission::stations, need::read}}});
  rows.push_back({.verb = http_method::post,
                  .path = path,
                  .who = access::admin_access,
                  .summary = "provision: the next connect within an hour gets a login, whatever its SIM; "
                             "rotate: the old password ends now; revoke: it may not come back",
                  .handle = [&office](exchange& in) { change(in, office); },
                  .body = body_kind::json,
                  .wants = {{permission::stations, need::write}}});
  return rows;
}

endpoints cabinet_office_endpoints(const cabinets_office& office) {
  auto all = stranger_rows(office);
  auto accounts = broker_account_rows(office);
  all.insert(all.end(), std::make_move_iterator(accounts.begin()), std::make_move_iterator(accounts.end()));
  return all;
}

}  // namespace chautari
