#include "protocols/kiosks/cabinet_topic.hpp"

#include <algorithm>
#include <utility>

namespace chautari {
namespace {

constexpr std::string_view prefix = "/powerbank/";
constexpr std::string_view user_level = "/user/";
constexpr std::array channels{cabinet_channel::update, cabinet_channel::heart, cabinet_channel::upload};

std::string topic(const imei& cabinet, std::string_view last_level) {
  std::string text;
  text.reserve(prefix.size() + cabinet.value.size() + user_level.size() + last_level.size());
  return text.append(prefix).append(cabinet.value).append(user_level).append(last_level);
}

}  // namespace

std::string_view to_string(cabinet_channel channel) {
  switch (channel) {
    case cabinet_channel::update:
      return "update";
    case cabinet_channel::heart:
      return "heart";
    case cabinet_channel::upload:
      return "upload";
  }
  return "unknown";
}

std::optional<imei> parse_imei(std::string_view text) {
  if (text.empty() || text.size() > imei_digits_max) return {};
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!std::all_of(text.begin(), text.end(), is_digit)) return {};
  return imei{std::string{text}};
}

std::optional<cabinet_topic> parse_cabinet_topic(std::string_view topic) {
  if (!topic.starts_with(prefix)) return {};
  topic.remove_prefix(prefix.size());
  const std::size_t end = topic.find('/');
  if (end == std::string_view::npos) return {};
  auto cabinet = parse_imei(topic.substr(0, end));
  topic.remove_prefix(end);
  if (!cabinet || !topic.starts_with(user_level)) return {};
  topic.remove_prefix(user_level.size());
  for (const cabinet_channel channel : channels) {
    if (topic == to_string(channel)) return cabinet_topic{std::move(*cabinet), channel};
  }
  return {};
}

std::string topic_of(const imei& cabinet, cabinet_channel channel) {
  return topic(cabinet, to_string(channel));
}

std::string command_topic(const imei& cabinet) { return topic(cabinet, "get"); }

std::string shared_subscription(std::string_view group, std::string_view subscription) {
  return std::string{"$share/"}.append(group).append("/").append(subscription);
}

}  // namespace chautari
