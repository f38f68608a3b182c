#pragma once
/// Structured log events, injected like time: actors say what happened, config/ decides where it goes.

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace chautari {

enum class log_level : std::uint8_t { debug, info, warning, error, critical };

/// One event. `id` is stable kebab-case ("ejection-confirmed"), `message` a sentence for people; fields carry
/// ids and figures, never secrets.
struct log_entry {
  log_level level = log_level::info;
  std::string id;
  std::string message;
  std::vector<std::pair<std::string, std::string>> fields;
};

/// Takes an entry at once and from any thread; must not block.
using log_sink = std::function<void(log_entry)>;

/// Says it if somebody listens.
inline void log_event(const log_sink& sink, log_level level, std::string id, std::string message,
                      std::vector<std::pair<std::string, std::string>> fields = {}) {
  if (sink) sink({level, std::move(id), std::move(message), std::move(fields)});
}

}  // namespace chautari
