#include "protocols/kiosks/images.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<command_kind, 3> command_kind_words{{
    {command_kind::check, "check"},
    {command_kind::check_all, "check_all"},
    {command_kind::popup_sn, "popup_sn"},
}};

constexpr word_table<command_state, 8> command_state_words{{
    {command_state::queued, "QUEUED"},
    {command_state::sent, "SENT"},
    {command_state::ok, "OK"},
    {command_state::failed, "FAILED"},
    {command_state::timeout, "TIMEOUT"},
    {command_state::confirmed, "CONFIRMED"},
    {command_state::refuted, "REFUTED"},
    {command_state::expired, "EXPIRED"},
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
