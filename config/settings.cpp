#include "config/settings.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#define TOML_EXCEPTIONS 0
// toml++ 3.3 asserts what it then reads with care: "[,a]" would end the process instead of being a mistake.
#define TOML_ASSERT(expression) static_assert(true)
#include <toml++/toml.h>

#include "config/setting_keys.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

/// Nothing if it cannot be read, or never ends (a device).
std::optional<std::string> text_of_file(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  if (!in) return {};
  std::string text(limits::settings_file_bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > limits::settings_file_bytes_max) return {};
  return text;
}

/// The number of the first line with a letter beyond ASCII outside of quotes and comments, or 0: toml++ 3.3
/// leaves undefined what becomes of it. What stands between quotes on several lines must be ASCII.
std::size_t line_with_bare_letters(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::size_t line = 1;
  char quote = 0;
  bool is_comment = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') {
      ++line;
      quote = 0;
      is_comment = false;
    } else if (quote == '"' && c == '\\') {
      ++at;
    } else if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (!is_comment) {
      if (static_cast<unsigned char>(c) >= 0x80) return line;
      if (c == '"' || c == '\'') quote = c;
      is_comment = c == '#';
    }
  }
  return 0;
}

/// A raw value and where it was found.
struct found_setting {
  raw_setting raw;
  std::string where;
};

std::optional<raw_setting> raw_of(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return raw_setting{*text};
  if (const auto number = node.value_exact<std::int64_t>()) return raw_setting{*number};
  const auto* array = node.as_array();
  if (array == nullptr) return {};
  std::vector<std::string> list;
  for (const auto& element : *array) {
    const auto text = element.value_exact<std::string>();
    if (!text) return {};
    list.push_back(*text);
  }
  return raw_setting{std::move(list)};
}

class loader {
public:
  explicit loader(const settings_input& input) : input_{input} {}

  loaded_settings load() {
    read_file();
    for (const auto& key : setting_keys()) {
      if (key.is_secret) {
        take_secret(key);
      } else {
        take(key);
      }
    }
    find_unknown();
    check_together();
    return std::move(out_);
  }

private:
  /// A name somebody gave may hold anything; a mistake is one line, and no terminal obeys it.
  void mistake(std::string line) {
    std::replace_if(
        line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, '?');
    out_.mistakes.push_back(std::move(line));
  }

  void read_file() {
    if (const auto line = line_with_bare_letters(input_.toml); line > 0) {
      mistake(input_.toml_name + ":" + std::to_string(line) + ": letters beyond ASCII must stand in quotes");
      return;
    }
    auto parsed = toml::parse(input_.toml);
    if (!parsed) {
      mistake(input_.toml_name + ":" + std::to_string(parsed.error().source().begin.line) + ": " +
              std::string{parsed.error().description()});
      return;
    }
    file_ = std::move(parsed).table();
    for (const auto& [name, node] : file_) {
      if (const auto* section = node.as_table()) {
        for (const auto& [inner, value] : *section)
          note(std::string{name.str()} + "." + std::string{inner.str()}, value);
      } else {
        note(std::string{name.str()}, node);
      }
    }
  }

  void note(std::string path, const toml::node& node) { in_file_.emplace(std::move(path), &node); }

  std::string place_of(const toml::node& node) const {
    return input_.toml_name + ":" + std::to_string(node.source().begin.line);
  }

  /// The environment wins over the file; both are then known.
  std::optional<found_setting> find(const std::string& path, const std::string& variable) {
    known_.insert(path);
    known_.insert(variable);
    if (const auto set = input_.environment.find(variable); set != input_.environment.end()) {
      return found_setting{set->second, variable};
    }
    const auto written = in_file_.find(path);
    if (written == in_file_.end()) return {};
    auto raw = raw_of(*written->second);
    if (!raw) {
      mistake(place_of(*written->second) + ": " + path + ": must be text, a whole number or a list of text");
      return {};
    }
    return found_setting{std::move(*raw), place_of(*written->second)};
  }

  void take(const setting_key& key) {
    const auto found = find(key.path(), key.variable());
    if (!found) return;
    if (const auto wrong = key.take(out_.values, found->raw)) {
      mistake(found->where + ": " + key.path() + " " + *wrong);
    }
  }

  /// Itself only in the environment; its file wherever a key may be.
  void take_secret(const setting_key& key) {
    known_.insert(key.variable());
    const auto file = find(key.path() + "_file", key.variable() + "_FILE");
    const auto direct = input_.environment.find(key.variable());
    std::optional<found_setting> found;
    if (direct != input_.environment.end()) {
      found = found_setting{direct->second, key.variable()};
    } else if (const auto* name = file ? std::get_if<std::string>(&file->raw) : nullptr;
               name != nullptr && !name->empty()) {
      auto content = text_of_file(*name);
      if (!content) return mistake(file->where + ": " + key.path() + "_file: cannot read " + *name);
      while (!content->empty() && (content->back() == '\n' || content->back() == '\r'))
        content->pop_back();
      found = found_setting{std::move(*content), *name};
    } else if (key.is_optional) {
      return;
    } else {
      return mistake(key.path() + " is missing: set " + key.path() + "_file or " + key.variable());
    }
    if (const auto wrong = key.take(out_.values, found->raw)) {
      mistake(found->where + ": " + key.path() + " " + *wrong);
    }
  }

  void find_unknown() {
    for (const auto& [path, node] : in_file_) {
      if (known_.contains(path)) continue;
      const bool is_bare_secret = known_.contains(path + "_file");
      mistake(place_of(*node) + ": " + path +
              (is_bare_secret ? " is a secret and may not stand in the file; use " + path + "_file"
                              : " is unknown"));
    }
    for (const auto& [variable, value] : input_.environment) {
      const bool is_ours = variable.starts_with("CHAUTARI_") && variable.find("__") != std::string::npos;
      if (is_ours && !known_.contains(variable)) mistake(variable + " is unknown");
    }
  }

  void check_together() {
    const auto& values = out_.values;
    if (values.messages.provider == "spool" && values.environment == "production") {
      mistake(
          "messages.provider \"spool\" leaves sign-in codes in a folder: only with environment \"demo\" or "
          "\"test\"");
    }
    if (values.compatibility.is_enabled && values.compatibility.secret.empty())
      mistake("compatibility.enabled wants compatibility.secret_file or CHAUTARI_COMPATIBILITY__SECRET");
    if (values.operations.port == values.server.port) mistake("operations.port and server.port are the same");
    if (!out_.mistakes.empty()) return;
    mistakes_of("auth", check(values.auth));
    mistakes_of("operators", check(values.operators));
  }

  void mistakes_of(const char* section, const std::string& found) {
    std::istringstream sentences{found};
    for (std::string sentence; std::getline(sentences, sentence);)
      mistake(std::string{section} + ": " + sentence);
  }

  const settings_input& input_;
  loaded_settings out_;
  toml::table file_;
  std::map<std::string, const toml::node*> in_file_;
  std::set<std::string> known_;
};

std::map<std::string, std::string> own_environment() {
  std::map<std::string, std::string> all;
  for (char** line = environ; *line != nullptr; ++line) {
    const std::string_view text{*line};
    const auto equals = text.find('=');
    if (text.starts_with("CHAUTARI_") && equals != std::string_view::npos) {
      all.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  return all;
}

}  // namespace

loaded_settings load_settings(const settings_input& input) { return loader{input}.load(); }

loaded_settings load_settings_file(const std::string& path) {
  auto toml = text_of_file(path);
  if (!toml) return {{}, {path + ": cannot be read"}};
  return load_settings({std::move(*toml), path, own_environment()});
}

std::string render_summary(const settings& values) {
  std::string out;
  for (const auto& key : setting_keys())
    out += key.path() + " = " + key.show(values) + "\n";
  return out;
}

std::string render_example() {
  std::string out =
      "# The configuration of chautari: every key with its default. Each can be overridden in the "
      "environment as\n"
      "# CHAUTARI_SECTION__KEY (lists separated by commas). Secrets never stand here: give the name of a "
      "file, or\n"
      "# the secret itself in the environment (CHAUTARI_DATABASE__PASSWORD). Printed by `chautari "
      "check-config\n"
      "# --example`; an unknown key, a bad value or a missing secret refuses the start.\n";
  const settings defaults;
  std::string section;
  for (const auto& key : setting_keys()) {
    if (key.section != section) {
      section = key.section;
      out += "\n[" + section + "]\n";
    } else {
      out += section.empty() ? "\n" : "";
    }
    out += "# " + key.doc + ".\n";
    out += key.is_secret ? key.name + "_file = \"\"\n" : key.name + " = " + key.show(defaults) + "\n";
  }
  return out;
}

}  // namespace chautari
