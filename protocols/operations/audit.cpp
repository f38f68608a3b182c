#include "protocols/operations/audit.hpp"

#include <array>

namespace chautari {

std::string to_string(audit_actor who) {
  constexpr std::array names{"user", "admin", "partner", "system", "device"};
  return names.at(static_cast<std::size_t>(who));
}

audit_entry audit_by(const operator_stamp& stamp, audit_id id, timestamp at, std::string action,
                     std::string entity, std::string entity_id) {
  audit_entry entry;
  entry.id = id;
  entry.at = at;
  entry.actor = audit_actor::admin;
  entry.actor_id = stamp.who.text();
  entry.action = std::move(action);
  entry.entity = std::move(entity);
  entry.entity_id = std::move(entity_id);
  entry.ip = stamp.ip;
  entry.user_agent = stamp.user_agent;
  entry.session = stamp.session.text();
  entry.request_id = stamp.request_id;
  return entry;
}

}  // namespace chautari
