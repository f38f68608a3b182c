#include "protocols/kiosks/command_json.hpp"

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "protocols/base/time.hpp"

namespace chautari {
namespace {

namespace json = boost::json;

/// How it went, in the words of the page: queued, then sent, then one of the others.
std::string_view outcome_of(command_state state) {
  switch (state) {
    case command_state::queued:
      return "queued";
    case command_state::sent:
      return "sent";
    case command_state::ok:
    case command_state::confirmed:
      return "acknowledged";
    case command_state::failed:
    case command_state::refuted:
      return "failed";
    case command_state::timeout:
    case command_state::expired:
      return "timed_out";
    case command_state::unanswered:
      return "unanswered";
    case command_state::unsupported:
      return "unsupported";
  }
  return "failed";
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value time_or_null(const std::optional<timestamp>& at) {
  return at ? json::value(to_rfc3339(*at)) : json::value(nullptr);
}

/// Which rider it was is not for everybody who may see a cabinet's commands.
std::string_view issuer_of(const command_image& command) {
  constexpr std::string_view rider = "rider";
  const std::string_view issuer = command.issued_by;
  return issuer.starts_with("rider:") ? rider : issuer;
}

json::value document_or_null(const std::string& text) {
  boost::system::error_code malformed;
  auto document = json::parse(text, malformed);
  return malformed ? json::value(nullptr) : document;
}

}  // namespace

json::object command_json(const command_image& command, const station_sn& station) {
  return {{"id", command.id.text()},
          {"station_sn", text_or_null(station.value)},
          {"kind", to_string(command.kind)},
          {"state", to_string(command.state)},
          {"slot", command.slot > 0 ? json::value(command.slot) : json::value(nullptr)},
          {"bank_sn", command.bank.is_nil() ? json::value(nullptr) : json::value(command.bank.text())},
          {"reason", text_or_null(command.reason)},
          {"parameters", document_or_null(command.parameters)},
          {"result", document_or_null(command.result)},
          {"issued_by", issuer_of(command)},
          {"created_at", to_rfc3339(command.created_at)},
          {"sent_at", time_or_null(command.sent_at)},
          {"replied_at", time_or_null(command.replied_at)},
          {"is_open", is_open(command.state)},
          {"outcome", outcome_of(command.state)}};
}

}  // namespace chautari
