#include "actors/kiosks/operator_commands_rules.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "actors/kiosks/presence_rules.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

constexpr std::string_view operators_word = "operator:";

/// How long its end is awaited; zero: nothing will ever be known.
milliseconds wait_of(command_kind kind) {
  switch (kind) {
    case command_kind::check:
    case command_kind::check_all:
      return reply_wait(cabinet_command_kind::check);
    case command_kind::wifi_scan:
      return reply_wait(cabinet_command_kind::get_wifi);
    case command_kind::unlock_slot:
      return reply_wait(cabinet_command_kind::popup);
    case command_kind::reboot:
    case command_kind::wifi_connect:
    case command_kind::mode:
    case command_kind::update_firmware:
      return reconnect_wait;
    default:
      return {};
  }
}

bool needs_reason(const operator_command& wish) {
  if (moves_a_bank(wish.kind)) return true;
  return wish.must_give_reason && wish.kind == command_kind::update_firmware;
}

bool has_slot(command_kind kind) {
  return kind == command_kind::lock_slot || kind == command_kind::unlock_slot;
}

/// Two of these at once could not be told apart, or would undo each other. Ejections wait for their turn.
bool is_exclusive(command_kind kind) {
  return kind != command_kind::check && kind != command_kind::check_all;
}

bool is_busy(const operator_command& wish, const command_setting& setting) {
  return std::any_of(setting.under_way.begin(), setting.under_way.end(), [&](command_kind other) {
    return cuts_the_line(other) || (other == wish.kind && is_exclusive(other));
  });
}

seconds until(timestamp later, timestamp now) {
  return std::max(seconds{1}, std::chrono::ceil<seconds>(later - now));
}

exchange_step finish(exchange_step step, command_state end, bool is_answer = true) {
  step.end = end;
  step.is_answer = is_answer;
  step.facts.phase = exchange_phase::over;
  return step;
}

exchange_step judge(exchange_step step, const snapshot_came&, timestamp) {
  const auto kind = step.facts.kind;
  if (kind != command_kind::check && kind != command_kind::check_all) return step;
  return finish(std::move(step), command_state::ok);
}

exchange_step judge(exchange_step step, const wifi_list_came&, timestamp) {
  if (step.facts.kind != command_kind::wifi_scan) return step;
  return finish(std::move(step), command_state::ok);
}

exchange_step judge(exchange_step step, const slot_replied& said, timestamp) {
  if (step.facts.kind != command_kind::unlock_slot || said.slot != step.facts.slot) return step;
  const bool is_open = said.meaning == ejection_class::ejected;
  return finish(std::move(step), is_open ? command_state::ok : command_state::failed);
}

exchange_step judge(exchange_step step, const line_news& news, timestamp) {
  auto& facts = step.facts;
  if (!cuts_the_line(facts.kind) || news.at < facts.sent_at) return step;
  const bool is_late = facts.phase == exchange_phase::late;
  if (facts.kind == command_kind::update_firmware) return finish(std::move(step), command_state::ok);
  if (!news.is_connected) {
    facts.has_gone = facts.has_gone || !is_late;
    return step;
  }
  // A connect whose disconnect nobody told is a new session, too. Later than awaited it must be the end of
  // what was seen to begin in time.
  if (is_late && !facts.has_gone) return step;
  return finish(std::move(step), command_state::ok);
}

exchange_step judge(exchange_step step, const exchange_clock&, timestamp now) {
  auto& facts = step.facts;
  const auto ends_at = facts.sent_at + wait_of(facts.kind);
  if (facts.phase == exchange_phase::waiting && now >= ends_at) {
    const bool never_answers = facts.kind == command_kind::volume || facts.kind == command_kind::load_ad;
    const bool is_unknowable = never_answers || facts.kind == command_kind::update_firmware ||
                               (facts.is_recovered && cuts_the_line(facts.kind));
    step.end = is_unknowable ? command_state::unanswered : command_state::timeout;
    step.fall_back = facts.kind == command_kind::wifi_connect && !is_unknowable;
    // After the fall back a new session says nothing about the network that was asked for.
    const bool is_closed = never_answers || step.fall_back;
    facts.phase = is_closed ? exchange_phase::over : exchange_phase::late;
  }
  if (facts.phase == exchange_phase::late && now >= ends_at + late_reply_wait)
    facts.phase = exchange_phase::over;
  return step;
}

}  // namespace

bool is_unsupported(command_kind kind) {
  return kind == command_kind::sync_time || kind == command_kind::clear_cache ||
         kind == command_kind::reset_hardware;
}

bool moves_a_bank(command_kind kind) {
  return kind == command_kind::popup_sn || kind == command_kind::unlock_slot;
}

bool cuts_the_line(command_kind kind) {
  return kind == command_kind::reboot || kind == command_kind::wifi_connect || kind == command_kind::mode ||
         kind == command_kind::update_firmware;
}

std::optional<command_ban> ban_of(const operator_command& wish, const command_setting& setting,
                                  timestamp now) {
  if (has_slot(wish.kind) && !is_place(wish.slot)) return command_ban{command_refusal::slot_not_found};
  if (needs_reason(wish) && wish.reason.empty()) return command_ban{command_refusal::reason_required};
  const bool is_sent = !is_unsupported(wish.kind) && wish.kind != command_kind::lock_slot;
  const bool is_named = moves_a_bank(wish.kind);  // The bank or slot is known when the station was asked.
  if (is_sent && !is_named && !order_of(wish, now, setting.port_one_offset))
    return command_ban{command_refusal::invalid_command};
  const auto& issued = setting.issued;
  if (issued.size() >= limits::station_commands_a_minute_max)
    return command_ban{command_refusal::rate_limit_exceeded, until(issued.front() + minutes{1}, now)};
  if (!is_sent) return {};
  if (wish.kind == command_kind::reboot && setting.rebooted_at &&
      now < *setting.rebooted_at + limits::station_reboot_pause) {
    return command_ban{command_refusal::rate_limit_exceeded,
                       until(*setting.rebooted_at + limits::station_reboot_pause, now)};
  }
  if (!setting.is_online) return command_ban{command_refusal::station_offline, seconds{60}};
  if (cuts_the_line(wish.kind) && setting.is_ejecting)
    return command_ban{command_refusal::ejection_in_flight, seconds{30}};
  if (is_busy(wish, setting)) return command_ban{command_refusal::command_busy, seconds{30}};
  return {};
}

std::optional<cabinet_command> order_of(const operator_command& wish, timestamp now,
                                        std::int32_t port_one_offset) {
  switch (wish.kind) {
    case command_kind::check:
      return check_command();
    case command_kind::check_all:
      return check_all_command();
    case command_kind::popup_sn:
      if (!is_readable(wish.bank)) return {};
      return popup_sn_command(wish.bank, now);
    case command_kind::unlock_slot:
      return open_slot_order(wish.slot, now, port_one_offset);
    case command_kind::reboot:
      return plain_command(cabinet_command_kind::reboot);
    case command_kind::wifi_scan:
      return plain_command(cabinet_command_kind::get_wifi);
    case command_kind::wifi_connect:
      return set_wifi_command(wish.ssid, wish.password);
    case command_kind::volume:
      if (wish.volume < 0) return {};
      return volume_command(static_cast<unsigned>(wish.volume));
    case command_kind::mode:
      return set_mode_command(wish.mode);
    case command_kind::update_firmware:
      return plain_command(cabinet_command_kind::push_version_publish);
    case command_kind::load_ad:
      return plain_command(cabinet_command_kind::load_ad);
    default:
      return {};
  }
}

cabinet_command open_slot_order(std::int32_t slot, timestamp now, std::int32_t port_one_offset) {
  if (slot <= port_one_offset) return popup_command(static_cast<std::uint8_t>(slot), 0, now);
  return popup_command(static_cast<std::uint8_t>(slot - port_one_offset), 1, now);
}

std::string parameters_of(const operator_command& wish) {
  boost::json::object shown;
  if (has_slot(wish.kind)) shown["slot"] = wish.slot;
  if (wish.kind == command_kind::popup_sn && is_readable(wish.bank)) shown["powerbank_sn"] = wish.bank.text();
  if (wish.kind == command_kind::wifi_connect) {
    shown["wifi_ssid"] = wish.ssid;
    if (!wish.password.empty()) shown["wifi_password"] = "***";
  }
  if (wish.kind == command_kind::volume) shown["volume"] = wish.volume;
  if (wish.kind == command_kind::mode) shown["mode"] = wish.mode == network_mode::wifi ? "wifi" : "4g";
  return boost::json::serialize(shown);
}

boost::json::object about_command(const command_image& command, const station_sn& station) {
  boost::json::object shown{{"action", "command." + to_string(command.kind)},
                            {"command_id", command.id.text()},
                            {"station_sn", station.value},
                            {"state", to_string(command.state)}};
  if (command.slot != 0) shown["slot"] = command.slot;
  if (is_readable(command.bank)) shown["bank_sn"] = command.bank.text();
  if (!command.reason.empty()) shown["reason"] = command.reason;
  if (command.reply_code >= 0) shown["code"] = command.reply_code;
  boost::json::error_code malformed;
  auto asked = boost::json::parse(command.parameters, malformed);
  if (!malformed) shown["parameters"] = std::move(asked);
  return shown;
}

std::string issuer_of(operator_id who) {
  return who.is_nil() ? std::string{"system"} : std::string{operators_word} + who.text();
}

operator_id issued_by(const command_image& command) {
  const std::string_view text = command.issued_by;
  if (!text.starts_with(operators_word)) return {};
  return operator_id::parse(text.substr(operators_word.size())).value_or(operator_id{});
}

exchange exchange_sent(command_kind kind, std::int32_t slot, timestamp now) {
  exchange facts;
  facts.kind = kind;
  facts.slot = slot;
  facts.sent_at = now;
  return facts;
}

exchange_step decide(const exchange& facts, const exchange_event& event, timestamp now) {
  exchange_step step;
  step.facts = facts;
  if (facts.phase == exchange_phase::over) return step;
  return std::visit([&](const auto& what) { return judge(std::move(step), what, now); }, event);
}

std::optional<timestamp> next_wake(const exchange& facts) {
  const auto ends_at = facts.sent_at + wait_of(facts.kind);
  switch (facts.phase) {
    case exchange_phase::waiting:
      return ends_at;
    case exchange_phase::late:
      return ends_at + late_reply_wait;
    case exchange_phase::over:
      break;
  }
  return {};
}

bool holds_ejections(const exchange& facts, timestamp now) {
  if (facts.phase != exchange_phase::waiting) return false;
  if (facts.kind == command_kind::unlock_slot) return true;
  return cuts_the_line(facts.kind) && now < facts.sent_at + line_cut_settling;
}

}  // namespace chautari
