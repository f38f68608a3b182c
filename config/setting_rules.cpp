#include "config/setting_rules.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/json.hpp>
#include <utility>

#include "http/server/client_address.hpp"
#include "http/server/text.hpp"

namespace chautari {

std::string toml_text(std::string_view text) { return boost::json::serialize(boost::json::string{text}); }

problem plain_text(const std::string& text) {
  const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7F; };
  const bool is_plain = is_clean_text(text) && std::none_of(text.begin(), text.end(), is_control);
  return is_plain ? problem{} : problem{"must be UTF-8 without control characters"};
}

problem any_text(const std::string&) { return {}; }
problem some_text(const std::string& text) { return text.empty() ? problem{"must not be empty"} : problem{}; }

text_rule one_of(std::vector<std::string> words) {
  return [words = std::move(words)](const std::string& text) -> problem {
    if (std::find(words.begin(), words.end(), text) != words.end()) return {};
    std::string all;
    for (const auto& word : words)
      all += (all.empty() ? "" : ", ") + toml_text(word);
    return "must be one of " + all;
  };
}

problem csv_text(const std::string& text) {
  const bool is_field = text.find_first_of(",\"\\\r\n ") == std::string::npos;
  return is_field ? problem{} : problem{"must be a name or an address"};
}

problem address_text(const std::string& text) {
  boost::system::error_code malformed;
  boost::asio::ip::make_address(text, malformed);
  return malformed ? problem{"must be an IP address"} : problem{};
}

problem web_url(const std::string& text) {
  const bool is_url = text.empty() || text.starts_with("https://") || text.starts_with("http://");
  return is_url && text.find_first_of(" ;,'\"\r\n") == std::string::npos ? problem{}
                                                                         : problem{"must be a URL"};
}

problem any_list(const std::vector<std::string>&) { return {}; }

problem proxy_list(const std::vector<std::string>& list) {
  std::string wrong;
  for (const auto& one : list) {
    if (!trusted_peers::parse({one})) wrong += (wrong.empty() ? "" : ", ") + toml_text(one);
  }
  if (wrong.empty()) return {};
  return "must be addresses or CIDR blocks, unlike " + wrong;
}

std::vector<std::string> split_list(std::string_view joined) {
  std::vector<std::string> parts;
  while (!joined.empty()) {
    const auto comma = std::min(joined.find(','), joined.size());
    auto part = joined.substr(0, comma);
    joined.remove_prefix(std::min(comma + 1, joined.size()));
    part.remove_prefix(std::min(part.find_first_not_of(" \t"), part.size()));
    part = part.substr(0, part.find_last_not_of(" \t") + 1);
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

}  // namespace chautari
