#include "config/logging.hpp"

#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <boost/json.hpp>
#include <utility>

#include "config/redact.hpp"
#include "protocols/base/check.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr std::size_t file_bytes_max = 64 * 1024 * 1024;
constexpr std::size_t files_max = 5;

constexpr word_table<log_level, 5> level_words{{{log_level::debug, "debug"},
                                                {log_level::info, "info"},
                                                {log_level::warning, "warning"},
                                                {log_level::error, "error"},
                                                {log_level::critical, "critical"}}};

spdlog::level::level_enum spdlog_level(log_level level) {
  switch (level) {
    case log_level::debug:
      return spdlog::level::debug;
    case log_level::info:
      return spdlog::level::info;
    case log_level::warning:
      return spdlog::level::warn;
    case log_level::error:
      return spdlog::level::err;
    case log_level::critical:
      return spdlog::level::critical;
  }
  return spdlog::level::critical;
}

spdlog::sink_ptr output(const std::string& file) {
  if (file.empty()) return std::make_shared<spdlog::sinks::stdout_sink_mt>();
  return std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file, file_bytes_max, files_max);
}

}  // namespace

struct logging::parts {
  explicit parts(logging_options wanted)
      : options{std::move(wanted)},
        pool{std::make_shared<spdlog::details::thread_pool>(limits::log_lines_waiting_max, 1)},
        logger{std::make_shared<spdlog::async_logger>("chautari", output(options.file), pool,
                                                      spdlog::async_overflow_policy::overrun_oldest)} {
    logger->set_pattern("%v");
    logger->set_level(spdlog_level(options.least));
    logger->flush_on(spdlog::level::warn);
  }

  logging_options options;
  std::shared_ptr<spdlog::details::thread_pool> pool;
  std::shared_ptr<spdlog::async_logger> logger;
};

std::optional<log_level> parse_log_level(std::string_view text) { return value_of_word(level_words, text); }

std::string_view to_text(log_level level) {
  for (const auto& [known, word] : level_words) {
    if (known == level) return word;
  }
  return "unknown";
}

std::string render_log_line(const log_entry& entry, timestamp at) {
  boost::json::object line{{"ts", to_rfc3339(at)},
                           {"level", to_text(entry.level)},
                           {"event", entry.id},
                           {"msg", redact(entry.message)}};
  if (!entry.fields.empty()) {
    boost::json::object fields;
    for (const auto& [name, value] : entry.fields) {
      fields.emplace(name, is_secret_name(name) ? std::string{redacted_text} : redact(value));
    }
    line.emplace("fields", std::move(fields));
  }
  return boost::json::serialize(line);
}

logging::logging(logging_options options) : parts_{std::make_shared<parts>(std::move(options))} {
  CHECK(parts_->options.now);
}

logging::~logging() { parts_->logger->flush(); }

log_sink logging::sink() const {
  return [to = std::weak_ptr<parts>{parts_}](const log_entry& entry) {
    const auto log = to.lock();
    if (!log || entry.level < log->options.least) return;
    // Rendered here: a line costs its author some microseconds, and the queue holds text, not actors' facts.
    log->logger->log(spdlog_level(entry.level), render_log_line(entry, log->options.now()));
  };
}

std::size_t logging::lines_lost() const { return parts_->pool->overrun_counter(); }

}  // namespace chautari
