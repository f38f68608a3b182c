#include "actors/stations/feed_rules.hpp"

#include <array>
#include <string_view>

namespace chautari {
namespace {

struct feed_word {
  std::string_view event;
  const char* kind;
  feed_severity severity;
};
constexpr std::array<feed_word, 11> feed_words{{
    {"bank-missing", "bank.missing", feed_severity::warning},
    {"bank-escaped", "bank.missing", feed_severity::alarm},
    {"bank-quarantined", "bank.quarantined", feed_severity::warning},
    {"bank-in-two-cabinets", "bank.found", feed_severity::warning},
    {"bank-found", "bank.found", feed_severity::info},
    {"slot-created", "slot.fault", feed_severity::warning},
    {"slot-disabled", "slot.disabled", feed_severity::warning},
    {"slot-alert", "slot.fault", feed_severity::warning},
    {"slot-switch-broken", "slot.fault", feed_severity::warning},
    {"bank-fault", "slot.fault", feed_severity::warning},
    {"slot-forced-open", "cabinet.tampered", feed_severity::alarm},
}};

/// Above what a rider may be given (and 255 means that there is no value).
bool is_hot(std::int32_t celsius) { return celsius > rent_temperature_max && celsius < 255; }

}  // namespace

std::vector<feed_line> feed_of(const station_stock& before, const stock_change& change) {
  std::vector<feed_line> lines;
  for (const auto& event : change.events) {
    for (const auto& word : feed_words) {
      if (word.event == event.kind)
        lines.push_back({word.kind, word.severity, event.slot, event.bank, event.code});
    }
  }
  for (const auto& slot : change.slots) {
    const auto* known = before.find_slot(slot.number);
    if (!is_hot(slot.temperature) || (known != nullptr && is_hot(known->temperature))) continue;
    lines.push_back({"cabinet.over_temperature", feed_severity::alarm, slot.number, {}, slot.temperature});
  }
  return lines;
}

}  // namespace chautari
