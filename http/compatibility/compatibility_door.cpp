#include "http/compatibility/compatibility_door.hpp"

#include <boost/json/parse.hpp>

#include "http/compatibility/sync_reader.hpp"
#include "http/compatibility/sync_signature.hpp"
#include "http/operations/refusals.hpp"
#include "http/rentals/rentals_door.hpp"
#include "http/server/desk.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

constexpr std::string_view route = "POST /api/internal/stations/data";
constexpr std::size_t depth_max = 8;

refusal_text text_of(sync_refusal why) {
  switch (why) {
    case sync_refusal::station_not_found:
      return {404, "No station has this cabinet.", "यो क्याबिनेट कुनै स्टेसनमा छैन।"};
    case sync_refusal::powerbank_not_found:
      return {404, "Nobody knows this power bank.", "यो पावर बैंक कसैलाई थाहा छैन।"};
    case sync_refusal::slot_not_found:
      return {404, "No station has such a slot.", "कुनै स्टेसनमा यस्तो स्लट छैन।"};
    case sync_refusal::invalid_signature:
      return {401, "The signature is wrong or was used before.", "हस्ताक्षर गलत वा पुरानो छ।"};
    case sync_refusal::request_in_progress:
      return {409, "This report is being worked on.", "यो प्रतिवेदनमा काम भइरहेको छ।", 1};
    case sync_refusal::idempotency_key_reused:
      return {409, "This event_id was used with another report.",
              "यो event_id अर्को प्रतिवेदनमा प्रयोग भइसकेको छ।"};
    case sync_refusal::too_many_syncs:
      return {429, "Too many reports at once.", "एकैपटक धेरै प्रतिवेदन आए।", 5};
  }
  return {500, "Something went wrong on our side.", "हाम्रो तर्फबाट त्रुटि भयो।"};
}

void answer_sync_refusal(exchange& in, const caf::error& why) {
  const auto reason = reason_of<sync_refusal>(why);
  if (!reason) return answer_refusal(in, why);
  fail_with(in, text_of(*reason), to_string(*reason));
}

/// Signed by the bridge, a moment ago, as JSON; else answered.
bool is_admitted(exchange& in, const compatibility_door& door) {
  const auto timestamp_text = in.header("X-Timestamp");
  const auto signature = in.header("X-Signature");
  if (!timestamp_text || !signature) {
    in.fail(400, "missing_headers", "X-Timestamp and X-Signature are required.");
  } else if (!is_timely(*timestamp_text, in.now())) {
    in.fail(400, "invalid_timestamp", "X-Timestamp must be unix seconds within 300 s of now.");
  } else if (!in.header("Content-Type").value_or("").starts_with("application/json")) {
    in.fail(400, "invalid_content_type", "The report must be application/json.");
  } else if (!is_signed(door.settings.secret, in.body(), *timestamp_text, *signature)) {
    fail_with(in, text_of(sync_refusal::invalid_signature), to_string(sync_refusal::invalid_signature));
  } else {
    return true;
  }
  return false;
}

void take_report(exchange& in, const compatibility_door& door) {
  if (!is_admitted(in, door)) return;
  boost::json::parse_options strict;
  strict.max_depth = depth_max;
  boost::system::error_code malformed;
  const auto body = boost::json::parse({in.body().data(), in.body().size()}, malformed, {}, strict);
  auto read = read_sync(malformed ? boost::json::value{} : body, in.now());
  if (const auto* mistake = std::get_if<sync_mistake>(&read))
    return in.fail(400, mistake->code, mistake->sentence);
  auto& said = std::get<cabinet_sync>(read);
  const auto event = event_of(body);
  if (!event.empty() && !command_id::parse(event))
    return in.fail(400, "invalid_data_format", "event_id must be a UUID.");
  said.id = command_of({}, route, event.empty() ? said.cabinet.value + std::string{in.body()} : event);
  said.body_hash = hash_of_body(in.body());
  said.signature = std::string{*in.header("X-Signature")};
  in.set_command(said.id);
  in.ask<sync_answer>(
      door.clerk, std::move(said),
      [](exchange& out, const sync_answer& answer) {
        if (answer.is_replay) out.put_header("Idempotency-Replayed", "true");
        out.answer(answer.data);
      },
      answer_sync_refusal);
}

}  // namespace

endpoints compatibility_endpoints(const compatibility_door& door) {
  if (!door.settings.is_enabled) return {};
  return {{.verb = http_method::post,
           .path = "/api/internal/stations/data",
           .who = access::admin_access,
           .summary = "A bridge reports what a cabinet shows, a return, or that it came or went",
           .handle = [&door](exchange& in) { take_report(in, door); },
           .body = body_kind::raw,
           .body_bytes_max = limits::sync_body_bytes_max,
           .wants = {{permission::stations, need::write}},
           .work = work_kind::cabinets}};
}

}  // namespace chautari
