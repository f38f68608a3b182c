#pragma once
/// What a value of a setting may be. A rule is silent or says what is wrong in the words that follow the key:
/// "must be an IP address".

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chautari {

using problem = std::optional<std::string>;
using text_rule = std::function<problem(const std::string&)>;
using list_rule = std::function<problem(const std::vector<std::string>&)>;

/// UTF-8 without control characters, which every text must be: what is set is shown, logged and written to
/// files.
[[nodiscard]] problem plain_text(const std::string& text);
[[nodiscard]] problem any_text(const std::string& text);
[[nodiscard]] problem some_text(const std::string& text);
/// Without a comma, which ends a field of a cabinet's answer.
[[nodiscard]] problem csv_text(const std::string& text);
/// IPv4 or IPv6; names are not looked up.
[[nodiscard]] problem address_text(const std::string& text);
/// http or https, or empty; nothing that could end a header or a policy.
[[nodiscard]] problem web_url(const std::string& text);
[[nodiscard]] text_rule one_of(std::vector<std::string> words);

[[nodiscard]] problem any_list(const std::vector<std::string>& list);
/// Addresses and CIDR blocks; all that are neither are named.
[[nodiscard]] problem proxy_list(const std::vector<std::string>& list);

/// A list of the environment: separated by commas, blanks around the parts and empty parts do not count.
[[nodiscard]] std::vector<std::string> split_list(std::string_view joined);

/// In quotes, as TOML and JSON write it.
[[nodiscard]] std::string toml_text(std::string_view text);

}  // namespace chautari
