#include "protocols/rentals/explanation.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "protocols/kiosks/command_json.hpp"
#include "protocols/kiosks/report_meaning.hpp"
#include "protocols/pricing/late_fee.hpp"
#include "protocols/rentals/rental_summary.hpp"
#include "protocols/rentals/views.hpp"

namespace chautari {
namespace {

namespace json = boost::json;

json::object document(const std::string& text) {
  boost::system::error_code malformed;
  auto value = json::parse(text, malformed);
  return !malformed && value.is_object() ? value.get_object() : json::object{};
}

json::value text_or_null(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object bill_json(const rental_image& rental, timestamp now) {
  const timestamp as_of = counted_until(rental, now);
  const auto bill = bill_at(rental, as_of);
  return {{"base", to_text(bill.base)},
          {"extensions", to_text(bill.extensions)},
          {"late_fee", to_text(bill.late_fee)},
          {"lost_penalty", to_text(bill.lost_penalty)},
          {"adjustment", to_text(bill.adjustment)},
          {"charged", to_text(bill.charged())},
          {"paid", to_text(bill.paid)},
          {"due", to_text(bill.due())},
          {"as_of", to_rfc3339(as_of)}};
}

/// One line of a log, of a rental's or a cabinet's.
struct told_fact {
  timestamp at;
  timestamp recorded_at;
  const std::string& kind;
  std::string rule;
  json::object data;
};

/// `names`: what the sentence may say beside the fact's own data.
json::object fact_json(told_fact fact, const json::object& names) {
  auto words = names;
  for (const auto& [key, value] : fact.data)
    words[key] = value;
  return {{"at", to_rfc3339(fact.at)},
          {"recorded_at", to_rfc3339(fact.recorded_at)},
          {"kind", fact.kind},
          {"rule", text_or_null(fact.rule)},
          {"rule_text", text_or_null(rule_text(fact.rule))},
          {"text", sentence_of(fact.kind, words, story_reader::operators)},
          {"data", std::move(fact.data)}};
}

std::string rule_of(const std::string& logged, const std::string& kind) {
  return logged.empty() ? std::string{rule_behind(kind)} : logged;
}

json::array facts_json(const rental_explanation& found) {
  const auto names = names_of(found.story.found->rental);
  json::array facts;
  for (const auto& line : found.story.log)
    facts.push_back(fact_json(
        {line.occurred_at, line.recorded_at, line.kind, rule_of(line.rule, line.kind), document(line.data)},
        names));
  return facts;
}

/// Rupees as text, points as a number.
json::value amount_json(commodity unit, std::int64_t amount) {
  return unit == commodity::npr ? json::value(to_text(money{amount})) : json::value(amount);
}

json::object journal_json(const ledger_journal& journal) {
  json::array lines;
  for (const auto& line : journal.lines)
    lines.push_back(json::object{{"account", line.code},
                                 {"unit", line.unit == commodity::npr ? "NPR" : "PTS"},
                                 {"debit", amount_json(line.unit, line.debit)},
                                 {"credit", amount_json(line.unit, line.credit)}});
  return {{"event_key", journal.event_key},
          {"event_type", journal.event_type},
          {"occurred_at", to_rfc3339(journal.occurred_at)},
          {"memo", text_or_null(journal.memo)},
          {"lines", std::move(lines)}};
}

json::array commands_json(const std::vector<command_image>& commands, const station_sn& station) {
  json::array all;
  for (const auto& command : commands)
    all.push_back(command_json(command, station));
  return all;
}

json::array reports_json(const std::vector<cabinet_report>& reports) {
  json::array all;
  for (const auto& report : reports)
    all.push_back(report_json(report));
  return all;
}

json::array strings(const std::vector<std::string>& sentences) {
  return json::array(sentences.begin(), sentences.end());
}

}  // namespace

timestamp counted_until(const rental_image& rental, timestamp now) {
  if (rental.ended_at) return *rental.ended_at;
  timestamp until = now;
  if (rental.life.claim) until = std::min(until, rental.life.claim->claimed_at);
  if (rental.life.swap && rental.life.swap->returned_at)
    until = std::min(until, *rental.life.swap->returned_at);
  return std::max(until, rental.started_at.value_or(until));
}

std::string due_json(const rental_image& rental, timestamp now) {
  return json::serialize(bill_json(rental, now));
}

std::string rental_explanation_json(const rental_explanation& found, timestamp now) {
  const auto& rental = found.story.found->rental;
  auto detail = document(admin_rental_detail_json(found.story, now));
  json::array journals;
  for (const auto& journal : found.journals)
    journals.push_back(journal_json(journal));
  json::object money{{"bill", bill_json(rental, now)},
                     {"charges", detail.at("charges")},
                     {"payments", detail.at("payments")},
                     {"journals", std::move(journals)}};
  return json::serialize(json::object{{"rental", std::move(detail)},
                                      {"summary", strings(summary_of(rental, now, story_reader::operators))},
                                      {"facts", facts_json(found)},
                                      {"money", std::move(money)},
                                      {"commands", commands_json(found.commands, rental.station_serial)},
                                      {"reports", reports_json(found.reports)}});
}

std::string rider_explanation_json(const rental_explanation& found, timestamp now, story_reader reader) {
  const auto& rental = found.story.found->rental;
  const auto names = names_of(rental);
  json::array steps;
  for (const auto& line : found.story.log) {
    auto words = names;
    for (const auto& [key, value] : document(line.data))
      words[key] = value;
    auto text = sentence_of(line.kind, words, reader);
    if (!text.empty())
      steps.push_back(json::object{{"at", to_rfc3339(line.occurred_at)}, {"text", std::move(text)}});
  }
  return json::serialize(json::object{{"summary", strings(summary_of(rental, now, reader))},
                                      {"steps", std::move(steps)},
                                      {"bill", bill_json(rental, now)}});
}

std::string cabinet_explanation_json(const cabinet_explanation& found, const station_sn& station) {
  json::array facts;
  for (const auto& line : found.log) {
    auto data = document(line.data);
    const auto* rule = data.if_contains("rule");
    const std::string logged = rule != nullptr && rule->is_string() ? std::string{rule->get_string()} : "";
    facts.push_back(fact_json(
        {line.occurred_at, line.recorded_at, line.kind, rule_of(logged, line.kind), std::move(data)}, {}));
  }
  json::array status;
  for (const auto& change : found.status)
    status.push_back(json::object{{"changed_at", to_rfc3339(change.changed_at)},
                                  {"previous", to_string(change.previous)},
                                  {"status", to_string(change.status)},
                                  {"seconds_in_previous", change.seconds_in_previous},
                                  {"triggered_by", change.triggered_by}});
  return json::serialize(json::object{{"facts", std::move(facts)},
                                      {"commands", commands_json(found.commands, station)},
                                      {"reports", reports_json(found.reports)},
                                      {"status", std::move(status)}});
}

}  // namespace chautari
