#include "protocols/kiosks/images.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<command_kind, 15> command_kind_words{{
    {command_kind::check, "check"},
    {command_kind::check_all, "check_all"},
    {command_kind::popup_sn, "popup_sn"},
    {command_kind::reboot, "reboot"},
    {command_kind::wifi_scan, "wifi_scan"},
    {command_kind::wifi_connect, "wifi_connect"},
    {command_kind::volume, "volume"},
    {command_kind::mode, "mode"},
    {command_kind::update_firmware, "update_firmware"},
    {command_kind::lock_slot, "lock_slot"},
    {command_kind::unlock_slot, "unlock_slot"},
    {command_kind::sync_time, "sync_time"},
    {command_kind::clear_cache, "clear_cache"},
    {command_kind::reset_hardware, "reset_hardware"},
    {command_kind::load_ad, "load_ad"},
}};

constexpr word_table<command_state, 10> command_state_words{{
    {command_state::queued, "QUEUED"},
    {command_state::sent, "SENT"},
    {command_state::ok, "OK"},
    {command_state::failed, "FAILED"},
    {command_state::timeout, "TIMEOUT"},
    {command_state::confirmed, "CONFIRMED"},
    {command_state::refuted, "REFUTED"},
    {command_state::expired, "EXPIRED"},
    {command_state::unanswered, "UNANSWERED"},
    {command_state::unsupported, "UNSUPPORTED"},
}};

constexpr word_table<transport, 3> transport_words{{
    {transport::mqtt, "mqtt"},
    {transport::http, "http"},
    {transport::broker, "broker"},
}};

}  // namespace

std::string to_string(command_kind value) { return word_of(command_kind_words, value); }
std::optional<command_kind> parse_command_kind(std::string_view text) {
  return value_of_word(command_kind_words, text);
}
std::string to_string(command_state value) { return word_of(command_state_words, value); }
std::optional<command_state> parse_command_state(std::string_view text) {
  return value_of_word(command_state_words, text);
}
std::string to_string(transport value) { return word_of(transport_words, value); }

}  // namespace chautari
