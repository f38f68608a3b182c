#pragma once
/// What a cabinet's log says of an ejection, whoever writes it: the kiosk, or the rental that stores its
/// command.

#include <string>
#include <string_view>

#include "protocols/kiosks/images.hpp"

namespace chautari {

/// JSON: {"command", "rental", "bank", "slot", "attempt"}, and "code" and "rule" if there are any.
[[nodiscard]] std::string about_ejection(const command_image& command, std::string_view rule = {});

/// "ejection-sent", of a command that is SENT.
[[nodiscard]] cabinet_log_entry ejection_sent_entry(const command_image& command);

}  // namespace chautari
