#pragma once
/// The audit log's words: one row for each change that somebody answers for, written in the transaction of
/// the change. The database chains the rows: hash = SHA-256(previous hash, the row), so a row that was
/// changed or taken out is found by `chautari audit-log verify`.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

enum class audit_actor : std::uint8_t { user, admin, partner, system, device };
std::string to_string(audit_actor who);
std::optional<audit_actor> parse_audit_actor(std::string_view text);

struct audit_entry {
  audit_id id;
  timestamp at;
  audit_actor actor = audit_actor::system;
  std::string actor_id;  ///< UUID text, imei, or a program's name.
  std::string action;    ///< "station.maintenance", "operator.login", "user.register"
  std::string entity;    ///< "station", "operator", "user", "powerbank", "command"
  std::string entity_id;
  std::string before;  ///< JSON object of the fields that changed; empty if none. Secrets are masked.
  std::string after;
  std::string reason;
  std::string ip;
  std::string user_agent;
  std::string session;  ///< UUID text; empty if none.
  std::string request_id;
};

/// Which operator does something, and from where: travels with every command of an operator.
struct operator_stamp {
  operator_id who;
  session_id session;
  std::string ip;
  std::string user_agent;
  std::string request_id;
};

/// An entry by an operator, but for the change itself.
[[nodiscard]] audit_entry audit_by(const operator_stamp& stamp, audit_id id, timestamp at, std::string action,
                                   std::string entity, std::string entity_id);

}  // namespace chautari
