#include "protocols/kiosks/cabinet_command.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <initializer_list>
#include <utility>

namespace chautari {
namespace {

using member = std::pair<std::string_view, std::string_view>;

cabinet_command build(cabinet_command_kind kind, std::initializer_list<member> members) {
  boost::json::object body;
  body.reserve(members.size() + 1);
  body.emplace("cmd", to_string(kind));
  for (const auto& [key, value] : members)
    body.emplace(key, value);
  return {kind, boost::json::serialize(body)};
}

std::string unix_seconds(timestamp now) { return std::to_string(to_ms(now) / 1000); }

}  // namespace

std::string_view to_string(cabinet_command_kind kind) {
  switch (kind) {
    case cabinet_command_kind::check:
      return "check";
    case cabinet_command_kind::check_all:
      return "check_all";
    case cabinet_command_kind::check_log:
      return "check_log";
    case cabinet_command_kind::popup:
      return "popup";
    case cabinet_command_kind::popup_sn:
      return "popup_sn";
    case cabinet_command_kind::upload_all:
      return "upload_all";
    case cabinet_command_kind::get_wifi:
      return "getWifi";
    case cabinet_command_kind::set_wifi:
      return "setWifi";
    case cabinet_command_kind::set_mode:
      return "setMode";
    case cabinet_command_kind::volume:
      return "volume";
    case cabinet_command_kind::reboot:
      return "reboot";
    case cabinet_command_kind::open:
      return "open";
    case cabinet_command_kind::close:
      return "close";
    case cabinet_command_kind::load_ad:
      return "load_ad";
    case cabinet_command_kind::push_version_publish:
      return "push_version_publish";
    case cabinet_command_kind::push_version_apk:
      return "push_version_apk";
  }
  return "unknown";
}

std::optional<a8_command> reply_of(cabinet_command_kind kind) {
  switch (kind) {
    case cabinet_command_kind::check:
    case cabinet_command_kind::check_all:
      return a8_command::snapshot;
    case cabinet_command_kind::popup:
      return a8_command::slot_ejection;
    case cabinet_command_kind::popup_sn:
      return a8_command::bank_ejection;
    case cabinet_command_kind::get_wifi:
      return a8_command::wifi_scan;
    default:
      return {};
  }
}

milliseconds reply_wait(cabinet_command_kind kind) {
  switch (kind) {
    case cabinet_command_kind::check:
    case cabinet_command_kind::check_all:
      return seconds{10};
    case cabinet_command_kind::popup:
    case cabinet_command_kind::popup_sn:
    case cabinet_command_kind::get_wifi:
      return seconds{15};
    case cabinet_command_kind::upload_all:
      return seconds{30};
    case cabinet_command_kind::load_ad:
      return seconds{60};
    case cabinet_command_kind::reboot:
      return seconds{180};
    default:
      return {};
  }
}

int quality_of_service(cabinet_command_kind kind) {
  return kind == cabinet_command_kind::popup || kind == cabinet_command_kind::popup_sn ? 0 : 1;
}

std::string loggable_payload(const cabinet_command& command) {
  if (command.kind != cabinet_command_kind::set_wifi) return command.payload;
  boost::json::error_code problem;
  boost::json::value parsed = boost::json::parse(command.payload, problem);
  boost::json::object* body = problem ? nullptr : parsed.if_object();
  if (body == nullptr) return build(cabinet_command_kind::set_wifi, {}).payload;
  if (body->contains("password")) body->insert_or_assign("password", "***");
  return boost::json::serialize(*body);
}

std::optional<cabinet_command> plain_command(cabinet_command_kind kind) {
  switch (kind) {
    case cabinet_command_kind::check:
    case cabinet_command_kind::check_all:
    case cabinet_command_kind::check_log:
    case cabinet_command_kind::upload_all:
    case cabinet_command_kind::get_wifi:
    case cabinet_command_kind::reboot:
    case cabinet_command_kind::close:
    case cabinet_command_kind::load_ad:
    case cabinet_command_kind::push_version_publish:
    case cabinet_command_kind::push_version_apk:
      return build(kind, {});
    default:
      return {};
  }
}

cabinet_command check_command() { return build(cabinet_command_kind::check, {}); }

cabinet_command check_all_command() { return build(cabinet_command_kind::check_all, {}); }

cabinet_command popup_command(std::uint8_t slot, unsigned io, timestamp now, seconds ttl) {
  return build(cabinet_command_kind::popup, {{"data", std::to_string(slot)},
                                             {"io", std::to_string(io)},
                                             {"timestamp", unix_seconds(now)},
                                             {"ttl", std::to_string(ttl.count())}});
}

cabinet_command popup_sn_command(bank_sn sn, timestamp now, seconds ttl) {
  return build(cabinet_command_kind::popup_sn,
               {{"data", sn.text()}, {"timestamp", unix_seconds(now)}, {"ttl", std::to_string(ttl.count())}});
}

std::optional<cabinet_command> set_wifi_command(std::string_view ssid, std::string_view password) {
  if (ssid.empty() || ssid.size() > wifi_ssid_bytes_max) return {};
  const bool open_network = password.empty();
  if (!open_network &&
      (password.size() < wifi_password_bytes_min || password.size() > wifi_password_bytes_max)) {
    return {};
  }
  return build(cabinet_command_kind::set_wifi, {{"username", ssid}, {"password", password}});
}

cabinet_command set_mode_command(network_mode mode) {
  return build(cabinet_command_kind::set_mode, {{"data", mode == network_mode::wifi ? "wifi" : "4g"}});
}

std::optional<cabinet_command> volume_command(unsigned percent) {
  if (percent > 100) return {};
  return build(cabinet_command_kind::volume, {{"data", std::to_string(percent)}});
}

cabinet_command open_command(seconds duration) {
  return build(cabinet_command_kind::open, {{"data", std::to_string(duration.count())}});
}

}  // namespace chautari
