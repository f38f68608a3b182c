/// An operator gives a command: 202 as soon as it is stored and sent, or what it came to for those who wait.

#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <string>
#include <string_view>

#include "http/kiosks/kiosks_door.hpp"
#include "http/rentals/rentals_door.hpp"
#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/kiosks/command_json.hpp"

namespace chautari {
namespace {

constexpr milliseconds wait_max{20'000};  // A scan has 15 s; then the end is stored.
constexpr text_limits reason_limits{.shortest = 1, .longest = limits::reason_bytes_max};
constexpr text_limits station_limits{.shortest = 1, .longest = 255};

/// One thing that can be asked of a cabinet, by its path below a station or /api/internal/iot.
struct action {
  std::string_view path;
  command_kind kind;
  std::string_view failed;  ///< The code if it did not work: 502, or 504 if nobody answered.
  std::string_view summary;
  bool may_wait = false;  ///< `?wait=1`: answered with the cabinet's answer.
};

constexpr std::array<action, 7> actions{{
    {"check", command_kind::check, "check_failed", "Ask the cabinet what is in its slots", true},
    {"eject", command_kind::popup_sn, "eject_failed", "Take a bank out; it becomes MAINTENANCE"},
    {"reboot", command_kind::reboot, "reboot_failed", "Restart the cabinet, once in 5 minutes"},
    {"wifi/scan", command_kind::wifi_scan, "wifi_scan_failed", "Ask for the Wi-Fi networks in reach", true},
    {"wifi/connect", command_kind::wifi_connect, "wifi_connect_failed",
     "Join a Wi-Fi network; back to 4G if that fails for 3 minutes"},
    {"volume", command_kind::volume, "set_volume_failed", "Set the loudspeaker"},
    {"mode", command_kind::mode, "set_mode_failed", "Use Wi-Fi or 4G"},
}};

std::string_view failure_code(command_kind kind) {
  for (const auto& known : actions) {
    if (known.kind == kind || (known.kind == command_kind::check && kind == command_kind::check_all))
      return known.failed;
  }
  return "command_failed";
}

/// How the caller wants the answer.
struct answer_style {
  bool waits = false;
  bool shows_empty_slots = true;
};

boost::json::object context_of_command(const command_image& command) {
  return {{"command_id", command.id.text()}, {"outcome", to_string(command.state)}};
}

/// What the cabinet answered, without the empty slots if nobody wants them.
boost::json::value answer_of(const command_image& command, const answer_style& style) {
  boost::system::error_code malformed;
  auto result = boost::json::parse(command.result, malformed);
  if (malformed) return nullptr;
  auto* slots = result.is_object() ? result.get_object().if_contains("slots") : nullptr;
  if (style.shows_empty_slots || slots == nullptr || !slots->is_array()) return result;
  boost::json::array kept;
  for (auto& slot : slots->get_array()) {
    if (slot.at("status") != "AVAILABLE") kept.push_back(std::move(slot));
  }
  *slots = std::move(kept);
  return result;
}

/// What a command that ended badly says to people; its code says which command it was.
refusal_text outcome_text(int status) {
  switch (status) {
    case 501:
      return {501, "No cabinet of this model can do this. Nothing was sent.",
              "यो मोडेलको क्याबिनेटले यो गर्न सक्दैन। केही पठाइएन।"};
    case 504:
      return {504, "The cabinet did not answer in time.", "क्याबिनेटले समयमा जवाफ दिएन।"};
    default:
      return {502, "The cabinet could not do it.", "क्याबिनेटले यो गर्न सकेन।"};
  }
}

void answer_command(exchange& in, const command_answer& answer, const answer_style& style) {
  const auto& command = answer.command;
  if (answer.is_replay) in.put_header("Idempotency-Replayed", "true");
  const auto fail = [&](int status, std::string_view code) {
    fail_with(in, outcome_text(status), std::string{code},
              boost::json::serialize(context_of_command(command)));
  };
  switch (command.state) {
    case command_state::unsupported:
      return fail(501, "command_not_supported");
    case command_state::failed:
      return fail(502, failure_code(command.kind));
    case command_state::timeout:
      if (style.waits) return fail(504, failure_code(command.kind));
      break;
    default:
      break;
  }
  boost::json::object data{{"command", command_json(command, answer.station_serial)}};
  const bool is_answered = style.waits && command.state == command_state::ok;
  if (is_answered) data["answer"] = answer_of(command, style);
  in.answer(is_answered ? 200 : 202, boost::json::serialize(data), is_answered ? "OK" : "Accepted");
}

/// By id or by serial number.
void name_station(operator_command& wish, const std::string& name) {
  if (const auto id = station_id::parse(name)) {
    wish.station = *id;
  } else {
    wish.station_serial = station_sn{name};
  }
}

void read_action(operator_command& wish, field_reader& fields, answer_style& style) {
  wish.reason = fields.optional_text("reason", reason_limits).value_or("");
  switch (wish.kind) {
    case command_kind::check:
      if (fields.optional_flag("checkAll").value_or(false)) wish.kind = command_kind::check_all;
      style.shows_empty_slots = fields.optional_flag("include_empty").value_or(true);
      break;
    case command_kind::popup_sn:
      if (const auto text = fields.optional_text("powerbank_sn", {.shortest = 1, .longest = 10})) {
        const auto [end, failed] =
            std::from_chars(text->data(), text->data() + text->size(), wish.bank.value);
        if (failed != std::errc{} || end != text->data() + text->size() || !is_readable(wish.bank))
          fields.note("powerbank_sn", "malformed");
      }
      break;
    case command_kind::wifi_connect:
      wish.ssid = fields.text("wifi_ssid", {.shortest = 1, .longest = wifi_ssid_bytes_max});
      wish.password = fields
                          .optional_text("wifi_password", {.shortest = wifi_password_bytes_min,
                                                           .longest = wifi_password_bytes_max})
                          .value_or("");
      break;
    case command_kind::volume:
      wish.volume = static_cast<std::int32_t>(fields.integer("volume", {.least = 0, .most = 100}));
      break;
    case command_kind::mode:
      wish.mode =
          fields.choice<network_mode>("mode", {{"wifi", network_mode::wifi}, {"4g", network_mode::mobile}});
      break;
    default:
      break;
  }
}

/// The same caller, route and key always make the same id. A password leaves no trace in the hash that the
/// ledger keeps: it could be guessed from it.
void sign(operator_command& wish, const exchange& in, const kiosks_door& door, std::string_view route) {
  wish.by = in.operator_stamp();
  wish.must_give_reason = in.granted() == grant::limited;
  std::string asked{in.path()};
  asked += '\n';
  asked += wish.kind == command_kind::wifi_connect
               ? wish.station.text() + '\n' + wish.station_serial.value + '\n' + wish.ssid
               : std::string{in.body()};
  wish.body_hash = hash_of_body(asked);
  const auto key = in.idempotency_key();
  wish.id = key ? command_of(user_id{wish.by.who.value}, route, *key) : door.ids.make<command_id>();
}

void send(exchange& in, const kiosks_door& door, operator_command wish, const answer_style& style) {
  in.set_command(wish.id);
  wish.waits_for_end = style.waits;
  in.ask<command_answer>(
      door.kiosks, std::move(wish),
      [style](exchange& out, const command_answer& answer) { answer_command(out, answer, style); },
      answer_command_refusal);
}

/// `is_internal`: the station is named in the body, and a check waits unless told not to.
void act(exchange& in, const kiosks_door& door, const action& what, bool is_internal,
         std::string_view route) {
  static const boost::json::value nothing = boost::json::object{};
  field_reader fields{in.json().is_null() && !is_internal ? nothing : in.json()};
  operator_command wish;
  wish.kind = what.kind;
  answer_style style;
  name_station(wish,
               is_internal ? fields.text("station_id", station_limits) : std::string{in.path_text("sn")});
  read_action(wish, fields, style);
  if (!fields.complete(in)) return;
  const bool waits_unasked = is_internal && what.kind == command_kind::check;
  const auto wait = in.query("wait");
  style.waits = what.may_wait && (wait ? *wait == "1" || *wait == "true" : waits_unasked);
  sign(wish, in, door, route);
  send(in, door, std::move(wish), style);
}

/// The old dashboards' way: {command, parameters:{slot?, reason?}}.
void command(exchange& in, const kiosks_door& door) {
  field_reader fields{in};
  operator_command wish;
  wish.kind = fields.choice<command_kind>("command", {{"REBOOT", command_kind::reboot},
                                                      {"UNLOCK_SLOT", command_kind::unlock_slot},
                                                      {"LOCK_SLOT", command_kind::lock_slot},
                                                      {"UPDATE_FIRMWARE", command_kind::update_firmware},
                                                      {"SYNC_TIME", command_kind::sync_time},
                                                      {"CLEAR_CACHE", command_kind::clear_cache},
                                                      {"RESET_HARDWARE", command_kind::reset_hardware},
                                                      {"LOAD_AD", command_kind::load_ad}});
  const bool has_slot = wish.kind == command_kind::unlock_slot || wish.kind == command_kind::lock_slot;
  std::optional<std::int64_t> slot;
  if (const auto* raw = fields.raw("parameters")) {
    field_reader inner{*raw};
    slot = inner.optional_integer("slot", {.least = 1, .most = limits::station_slots_max});
    wish.reason = inner.optional_text("reason", reason_limits).value_or("");
    for (const auto& problem : inner.problems())
      fields.note("parameters." + problem.field, problem.code, problem.message);
  }
  if (has_slot && !slot && fields.problems().empty()) fields.note("parameters.slot", "required");
  if (!fields.complete(in)) return;
  wish.slot = has_slot ? static_cast<std::int32_t>(*slot) : 0;
  name_station(wish, std::string{in.path_text("sn")});
  sign(wish, in, door, "POST /api/admin/stations/{sn}/command");
  send(in, door, std::move(wish), {});
}

endpoint row_of(const kiosks_door& door, const action& what, bool is_internal) {
  const std::string path =
      (is_internal ? "/api/internal/iot/" : "/api/admin/stations/{sn}/") + std::string{what.path};
  const bool may_be_empty = !is_internal && what.kind != command_kind::volume &&
                            what.kind != command_kind::mode && what.kind != command_kind::wifi_connect;
  endpoint row{.verb = http_method::post,
               .path = path,
               .who = access::admin_access,
               .summary = std::string{what.summary},
               .handle = [&door, &what, is_internal,
                          route = "POST " + path](exchange& in) { act(in, door, what, is_internal, route); },
               .body = may_be_empty ? body_kind::json_optional : body_kind::json,
               .wants = {{permission::station_commands, need::write}}};
  if (what.may_wait) {
    row.deadline = wait_max;
    row.query = {{"wait", "1: answer with the cabinet's answer, or 504"}};
  }
  return row;
}

}  // namespace

endpoints give_command_rows(const kiosks_door& door) {
  endpoints rows;
  for (const auto& what : actions) {
    rows.push_back(row_of(door, what, false));
    rows.push_back(row_of(door, what, true));
  }
  rows.push_back({.verb = http_method::post,
                  .path = "/api/admin/stations/{sn}/command",
                  .who = access::admin_access,
                  .summary = "Give a cabinet a command; what no cabinet can do is kept and answered with 501",
                  .handle = [&door](exchange& in) { command(in, door); },
                  .body = body_kind::json,
                  .wants = {{permission::station_commands, need::write}}});
  return rows;
}

}  // namespace chautari
