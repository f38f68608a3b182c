#include "protocols/operations/audit.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<audit_actor, 5> actor_words{{
    {audit_actor::user, "user"},
    {audit_actor::admin, "admin"},
    {audit_actor::partner, "partner"},
    {audit_actor::system, "system"},
    {audit_actor::device, "device"},
}};

}  // namespace

std::string to_string(audit_actor who) { return word_of(actor_words, who); }
std::optional<audit_actor> parse_audit_actor(std::string_view text) {
  return value_of_word(actor_words, text);
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
