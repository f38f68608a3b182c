#include "actors/kiosks/ejection_log.hpp"

#include <boost/json.hpp>

namespace chautari {

std::string about_ejection(const command_image& command, std::string_view rule) {
  boost::json::object data{{"command", command.id.text()},
                           {"rental", command.rental.text()},
                           {"bank", command.bank.text()},
                           {"slot", command.slot},
                           {"attempt", command.attempt}};
  if (command.reply_code >= 0) data["code"] = command.reply_code;
  if (!rule.empty()) data["rule"] = rule;
  return boost::json::serialize(data);
}

cabinet_log_entry ejection_sent_entry(const command_image& command) {
  return {command.cabinet, *command.sent_at, *command.sent_at, "ejection-sent", about_ejection(command)};
}

}  // namespace chautari
