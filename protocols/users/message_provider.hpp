#pragma once
/// Who carries a message to a person: an SMS gateway, a mail server, a folder.

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

/// A message with everything its template needs, secrets included: it lives in memory only and is never
/// logged.
struct outgoing_message {
  report_id id;
  std::string channel;      ///< "sms" or "mail"
  std::string recipient;    ///< Normalised identifier.
  std::string template_id;  ///< "otp"
  std::string variables;    ///< JSON object of the template's variables.
  timestamp created_at;
  timestamp expires_at;  ///< Not sent after this.
};

enum class delivery_outcome : std::uint8_t {
  sent,
  try_again,  ///< The provider is out of order; the message is as good as before.
  refused,    ///< This message will never be taken.
};

struct delivery_report {
  delivery_outcome outcome = delivery_outcome::sent;
  std::string why;  ///< A sentence for the log without anything of the message's variables; empty if sent.
};

/// Used by one thread at a time; may block. Does not throw.
class message_provider {
public:
  virtual ~message_provider() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual delivery_report send(const outgoing_message& message) = 0;
};

}  // namespace chautari
