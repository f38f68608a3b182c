#pragma once
/// The table of settings: one row a key. Reader, summary and example file are all made from it.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/settings.hpp"

namespace chautari {

/// A value as TOML or the environment gives it; text of the environment is read by the row.
using raw_setting = std::variant<std::string, std::int64_t, std::vector<std::string>>;

struct setting_key {
  std::string section;  ///< Empty: at the top of the file.
  std::string name;
  std::string doc;  ///< One line: what it is for, its unit and bounds.
  bool is_secret = false;
  /// Nothing if taken, else what is wrong with the value ("must be 1..65535").
  std::function<std::optional<std::string>(settings&, const raw_setting&)> take;
  /// As TOML text.
  std::function<std::string(const settings&)> show;
  bool is_optional = false;  ///< A secret only: may be missing where nothing wants it.

  [[nodiscard]] std::string path() const { return section.empty() ? name : section + "." + name; }
  /// "CHAUTARI_SECTION__KEY"
  [[nodiscard]] std::string variable() const;
};

[[nodiscard]] const std::vector<setting_key>& setting_keys();

}  // namespace chautari
