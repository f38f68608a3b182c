#include "config/readiness.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

namespace chautari {
namespace {

readiness_check check(std::string name, bool is_ok, std::string good, std::string bad) {
  return {std::move(name), is_ok, is_ok ? std::move(good) : std::move(bad)};
}

readiness_check check_database(const readiness_facts& facts, timestamp now) {
  if (facts.database_answered_at == timestamp{})
    return {"database", false, "has not answered since the start"};
  const auto age = std::max(milliseconds{0}, now - facts.database_answered_at);
  const auto sentence = "last answer " + std::to_string(age.count()) + " ms ago";
  if (!facts.is_database_up) return {"database", false, "the writer cannot reach it; " + sentence};
  return {"database", age <= database_answer_age_max, sentence};
}

readiness_check check_journal(const readiness_facts& facts) {
  const auto sentence = std::to_string(facts.backlog_records) + " of " +
                        std::to_string(facts.backlog_records_max) + " records wait";
  return {"journal", facts.backlog_records * 10 < facts.backlog_records_max * 9, sentence};
}

}  // namespace

std::vector<readiness_check> judge(const readiness_facts& facts, timestamp now) {
  return {check("recovery", facts.is_recovered, "done", "under way"),
          check("serving", !facts.is_draining, "taking work", "draining before the end"),
          check_database(facts, now), check_journal(facts),
          check("broker", facts.is_broker_connected, "connected and subscribed", "not connected")};
}

readiness_facts readiness::facts() const {
  readiness_facts facts;
  facts.is_recovered = is_recovered_;
  facts.is_draining = is_draining_;
  facts.is_broker_connected = is_broker_connected_;
  facts.database_answered_at = from_ms(database_answered_ms_);
  facts.is_database_up = is_database_up_;
  facts.backlog_records = backlog_;
  facts.backlog_records_max = backlog_max_;
  return facts;
}

bool all_ok(const std::vector<readiness_check>& checks) {
  return std::all_of(checks.begin(), checks.end(), [](const readiness_check& one) { return one.is_ok; });
}

std::string render(const std::vector<readiness_check>& checks) {
  boost::json::object each;
  for (const auto& one : checks) {
    each.emplace(one.name, boost::json::object{{"ok", one.is_ok}, {"detail", one.detail}});
  }
  return boost::json::serialize(
      boost::json::object{{"status", all_ok(checks) ? "ready" : "not_ready"}, {"checks", std::move(each)}});
}

}  // namespace chautari
