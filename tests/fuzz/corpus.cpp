/// Every input of the corpora once, with the compiler and the libraries of the product: what a fuzzer has
/// found stays mended, and whoever changes a target sees that it still takes them.

#include <gtest/gtest.h>

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" {
int fuzz_cabinet_a8(const std::uint8_t* data, std::size_t size);
int fuzz_http(const std::uint8_t* data, std::size_t size);
int fuzz_mqtt(const std::uint8_t* data, std::size_t size);
int fuzz_settings(const std::uint8_t* data, std::size_t size);
int fuzz_token(const std::uint8_t* data, std::size_t size);
int fuzz_websocket(const std::uint8_t* data, std::size_t size);
}

namespace {

/// A target ends the process when something does not hold; then this is the input that did it.
std::string current_input;  // NOLINT: a signal handler finds it nowhere else.

void tell_input(int) {
  std::fprintf(stderr, "the input: %s\n", current_input.c_str());
  std::signal(SIGABRT, SIG_DFL);
}

/// Returns how many there were.
std::size_t run_corpus(const std::string& target, int (*run)(const std::uint8_t*, std::size_t)) {
  std::signal(SIGABRT, tell_input);
  std::size_t inputs = 0;
  for (const auto& each : std::filesystem::directory_iterator{"tests/fuzz/corpus/" + target}) {
    current_input = each.path().string();
    std::ifstream in{each.path(), std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    run(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    ++inputs;
  }
  return inputs;
}

constexpr std::size_t least = 10;

TEST(fuzz_corpus, of_cabinets_frames_holds) { EXPECT_GE(run_corpus("cabinet_a8", fuzz_cabinet_a8), least); }
TEST(fuzz_corpus, of_http_holds) { EXPECT_GE(run_corpus("http", fuzz_http), least); }
TEST(fuzz_corpus, of_what_comes_from_the_broker_holds) { EXPECT_GE(run_corpus("mqtt", fuzz_mqtt), least); }
TEST(fuzz_corpus, of_settings_holds) { EXPECT_GE(run_corpus("settings", fuzz_settings), least); }
TEST(fuzz_corpus, of_access_tokens_holds) { EXPECT_GE(run_corpus("token", fuzz_token), least); }
TEST(fuzz_corpus, of_websockets_holds) { EXPECT_GE(run_corpus("websocket", fuzz_websocket), least); }

}  // namespace
