#include "config/logging.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

struct log_file {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("chautari-log-" + std::to_string(::getpid()) + ".log");
  ~log_file() { std::filesystem::remove(path); }
  [[nodiscard]] std::string text() const {
    std::ifstream in{path};
    return {std::istreambuf_iterator<char>{in}, {}};
  }
};

logging_options options_for(const log_file& file) {
  return {log_level::info, file.path.string(), [] { return from_ms(1'767'225'600'000); }};
}

TEST(logging, what_was_said_is_on_disk_when_the_log_is_closed_and_less_than_the_level_is_not) {
  const log_file file;
  {
    const logging log{options_for(file)};
    log_event(log.sink(), log_level::info, "server-ready", "Ready.", {{"stations", "30"}});
    log_event(log.sink(), log_level::debug, "too-much", "Nobody wants to know.");
  }
  EXPECT_EQ(file.text(),
            R"({"ts":"2026-01-01T00:00:00.000Z","level":"info","event":"server-ready","msg":"Ready.",)"
            R"("fields":{"stations":"30"}})"
            "\n");
}

TEST(logging, a_sink_that_outlives_its_log_is_silent) {
  const log_file file;
  log_sink sink;
  {
    const logging log{options_for(file)};
    sink = log.sink();
  }
  log_event(sink, log_level::error, "late", "Too late.");
  EXPECT_EQ(file.text(), "");
}

TEST(logging, every_line_is_either_written_or_counted_as_lost) {
  const log_file file;
  std::size_t lost = 0;
  constexpr std::size_t said = 20 * limits::log_lines_waiting_max;
  {
    const logging log{options_for(file)};
    const auto sink = log.sink();
    for (std::size_t n = 0; n < said; ++n)
      log_event(sink, log_level::info, "noise", "x");
    lost = log.lines_lost();
  }
  const auto text = file.text();
  const auto written = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  // Closing sends one more order through the queue, which may cost one line after `lost` was read.
  EXPECT_GE(written + lost + 1, said);
  EXPECT_LE(written + lost, said);
}

}  // namespace
}  // namespace chautari
