/// Any bytes as configuration: a TOML file up to the first NUL, then variables of the environment,
/// "NAME=value" up to the next NUL each. What must hold: the start is refused or allowed and never crashes;
/// each mistake is one line of plain text; a secret is told by nobody; and what was accepted, written out as
/// a file, is accepted again and means the same.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "config/setting_keys.hpp"
#include "config/settings.hpp"
#include "protocols/base/check.hpp"

namespace {

using namespace chautari;

/// Nothing that the fuzzer writes by accident.
const std::string secret = "4~uRP/9w-kept-for-ourselves-Zq!x";

settings_input input_of(std::string_view bytes) {
  settings_input input;
  for (const auto& key : setting_keys()) {
    if (key.is_secret) input.environment[key.variable()] = secret;
  }
  const auto end = std::min(bytes.find('\0'), bytes.size());
  input.toml = bytes.substr(0, end);
  bytes.remove_prefix(end);
  while (!bytes.empty()) {
    bytes.remove_prefix(1);
    const auto variable = bytes.substr(0, bytes.find('\0'));
    bytes.remove_prefix(variable.size());
    const auto equals = variable.find('=');
    if (equals == std::string_view::npos) continue;
    input.environment[std::string{variable.substr(0, equals)}] = variable.substr(equals + 1);
  }
  return input;
}

/// Names of files are the operator's to choose, and this process's to leave alone.
bool names_files(const settings_input& input) {
  const auto is_file = [](const auto& each) { return each.first.ends_with("_FILE"); };
  return input.toml.find("_file") != std::string::npos || input.toml.find("\\u") != std::string::npos ||
         input.toml.find("\\U") != std::string::npos ||
         std::any_of(input.environment.begin(), input.environment.end(), is_file);
}

bool is_one_line(std::string_view text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

std::string file_of(const settings& values) {
  std::string top, sections, section;
  for (const auto& key : setting_keys()) {
    if (key.is_secret) continue;
    if (!key.section.empty() && key.section != section) sections += "[" + (section = key.section) + "]\n";
    (key.section.empty() ? top : sections) += key.name + " = " + key.show(values) + "\n";
  }
  return top + sections;
}

void check_repeated(const settings_input& input, const settings& values) {
  const auto summary = render_summary(values);
  CHECK(summary.find(secret) == std::string::npos);
  settings_input again;
  again.toml = file_of(values);
  for (const auto& key : setting_keys()) {
    const auto given = input.environment.find(key.variable());
    if (key.is_secret && given != input.environment.end()) again.environment.insert(*given);
  }
  const auto repeated = load_settings(again);
  for (const auto& mistake : repeated.mistakes)
    std::fprintf(stderr, "%s\n%s\n", mistake.c_str(), again.toml.c_str());
  CHECK(repeated.mistakes.empty());
  CHECK(render_summary(repeated.values) == summary);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto input = input_of({reinterpret_cast<const char*>(data), size});
  if (names_files(input)) return 0;
  const auto loaded = load_settings(input);
  for (const auto& mistake : loaded.mistakes) {
    if (!is_one_line(mistake)) std::fprintf(stderr, "mistake: %s\n", mistake.c_str());
    CHECK(is_one_line(mistake));
    CHECK(mistake.find(secret) == std::string::npos);
  }
  CHECK(load_settings(input).mistakes == loaded.mistakes);
  if (loaded.mistakes.empty()) check_repeated(input, loaded.values);
  return 0;
}
