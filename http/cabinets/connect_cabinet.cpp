/// A cabinet that starts asks for the broker and for a login there.

#include "http/cabinets/cabinet_call.hpp"
#include "http/cabinets/cabinets_door.hpp"
#include "http/server/desk.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

constexpr std::size_t connect_bytes_max = 1'024;
constexpr std::size_t sim_chars_max = 32;  // An ICCID has 19 or 20 digits.

/// clientId, product, host, port, user, password, our time: the cabinet splits it at the commas.
std::string csv_of(const broker_login& login, const cabinet_door_settings& values, timestamp now) {
  std::string csv = "\"" + login.client_id + ",powerbank," + values.broker_host + ',';
  csv += std::to_string(values.broker_port) + ',' + login.username + ',' + login.password + ',';
  return csv + std::to_string(to_ms(now)) + '"';
}

void connect(exchange& in, const cabinets_door& door) {
  const auto cabinet = caller_of(in, "uuid", {"uuid", "deviceId", "simUUID", "simMobile"});
  if (!cabinet) return;
  connect_cabinet call;
  call.cabinet = *cabinet;
  call.sim = plain_text(given(in, "simUUID"), sim_chars_max);
  call.hardware = plain_text(in.body(), limits::cabinet_hardware_bytes_max);
  call.address = in.client_ip();
  if (call.sim != given(in, "simUUID")) return fail_cabinet(in, 500, "No such SIM number.");
  in.ask<broker_login>(
      door.registry, std::move(call),
      [&door](exchange& out, const broker_login& login) {
        answer_cabinet(out, csv_of(login, door.values, out.now()));
      },
      answer_cabinet_refusal);
}

}  // namespace

endpoints connect_rows(const cabinets_door& door) {
  const auto handle = [&door](exchange& in) { connect(in, door); };
  const rate_rule rule{
      .name = "cabinet-connect", .burst = door.values.connects_per_hour, .per = milliseconds{3'600'000}};
  auto old_android = cabinet_row(http_method::get, "/api/iot/client/con",
                                 "A cabinet asks for its login at the broker", handle);
  old_android.rates = {rule};
  auto boards = cabinet_row(http_method::post, "/api/rentbox/client/connect",
                            "A cabinet asks for its login at the broker", handle);
  boards.rates = {rule};
  boards.aliases = {"/api/iot/client/con"};
  boards.body = body_kind::raw;
  boards.body_bytes_max = connect_bytes_max;
  // Whoever knows a cabinet's number could shut it out: operators do this, below the station.
  auto clear = cabinet_row(http_method::get, "/api/iot/client/clear", "Refused: an operator's action now",
                           [](exchange& in) { fail_cabinet(in, 403, "Only an operator can do this."); });
  return {std::move(old_android), std::move(boards), std::move(clear)};
}

}  // namespace chautari
