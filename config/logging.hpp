#pragma once
/// Where log events go: one JSON object a line, {"ts","level","event","msg","fields":{}}, to standard output
/// or a file, by a thread of its own. The queue is bounded; when it is full the oldest lines make room,
/// because a log must not stop the network.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/time.hpp"
#include "protocols/operations/log.hpp"

namespace chautari {

struct logging_options {
  log_level least = log_level::info;
  std::string file;  ///< Empty: standard output. Else rotated, five files of 64 MiB.
  clock_source now;
};

[[nodiscard]] std::optional<log_level> parse_log_level(std::string_view text);
[[nodiscard]] std::string_view to_text(log_level level);

/// One line without its end, redacted.
[[nodiscard]] std::string render_log_line(const log_entry& entry, timestamp at);

class logging {
public:
  explicit logging(logging_options options);
  /// Writes what waits.
  ~logging();
  logging(const logging&) = delete;
  logging& operator=(const logging&) = delete;

  /// For everybody who says things; from any thread. Good as long as this lives, silent afterwards.
  [[nodiscard]] log_sink sink() const;
  /// Lines that had to make room since the start.
  [[nodiscard]] std::size_t lines_lost() const;

private:
  struct parts;
  std::shared_ptr<parts> parts_;
};

}  // namespace chautari
