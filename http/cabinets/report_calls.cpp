/// What a cabinet reports over HTTP. Answered once it is in the inbox, so that "200" is a promise; what it
/// means is found out afterwards, by those who look at MQTT as well.

#include <boost/json.hpp>
#include <charconv>

#include "http/cabinets/cabinet_call.hpp"
#include "http/cabinets/cabinets_door.hpp"
#include "http/server/desk.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

constexpr std::size_t value_chars_max = 64;

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number value{};
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

/// Network and firmware; the signal changes with the weather and comes with each heartbeat anyway.
std::string hardware_of(const exchange& in) {
  boost::json::object told;
  for (const auto& [name, value] : in.query_fields()) {
    if (name == "rentboxSN" || name == "signal" || name == "io" || name == "sign") continue;
    told[plain_text(name, value_chars_max)] = plain_text(value, value_chars_max);
  }
  return told.empty() ? std::string{} : boost::json::serialize(told);
}

void upload(exchange& in, const cabinets_door& door) {
  const auto cabinet = in.query("io") ? caller_of(in, "rentboxSN", {"rentboxSN", "signal", "io"})
                                      : caller_of(in, "rentboxSN", {"rentboxSN", "signal"});
  if (!cabinet) return;
  const auto body = in.body();
  upload_snapshot call{*cabinet, {body.begin(), body.end()}, hardware_of(in), std::string{in.client_ip()}};
  in.ask<void>(
      door.registry, std::move(call), [](exchange& out) { answer_cabinet(out, "null"); },
      answer_cabinet_refusal);
}

void claim(exchange& in, const cabinets_door& door) {
  const auto cabinet = caller_of(in, "rentboxSN", {"rentboxSN", "singleSN", "hole"});
  if (!cabinet) return;
  const auto bank = number_of<std::uint32_t>(given(in, "singleSN"));
  const auto slot = number_of<std::int32_t>(given(in, "hole"));
  if (!bank || !slot) return fail_cabinet(in, 500, "singleSN and hole are numbers.");
  const auto power = number_of<std::int32_t>(given(in, "power")).value_or(-1);
  claim_return call{*cabinet, bank_sn{*bank}, *slot, power >= 0 && power <= 100 ? power : -1,
                    std::string{in.client_ip()}};
  in.ask<void>(
      door.registry, std::move(call), [](exchange& out) { answer_cabinet(out, "null"); },
      answer_cabinet_refusal);
}

}  // namespace

endpoints report_rows(const cabinets_door& door) {
  auto uploads = cabinet_row(http_method::post, "/api/rentbox/client/upload",
                             "A cabinet shows what is in its slots: a 0x10 frame",
                             [&door](exchange& in) { upload(in, door); });
  uploads.aliases = {"/api/rentbox/upload/data"};
  uploads.body = body_kind::raw;
  uploads.body_bytes_max = limits::cabinet_frame_bytes_max;
  auto returns =
      cabinet_row(http_method::get, "/api/rentbox/order/return", "A cabinet claims that a bank came back",
                  [&door](exchange& in) { claim(in, door); });
  return {std::move(uploads), std::move(returns)};
}

}  // namespace chautari
