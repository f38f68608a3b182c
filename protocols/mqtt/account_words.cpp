#include "protocols/mqtt/account_words.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <initializer_list>

namespace chautari {
namespace {

namespace json = boost::json;

json::object word(std::string_view command, const imei& cabinet, std::string_view tag) {
  return {{"command", command}, {"username", cabinet.value}, {"correlationData", tag}};
}

std::string message_of(json::array words) {
  return json::serialize(json::object{{"commands", std::move(words)}});
}

account_outcome outcome_of(std::string_view error) {
  if (error.empty()) return account_outcome::done;
  if (error == "Client not found") return account_outcome::not_found;
  if (error == "Client already exists") return account_outcome::exists;
  return account_outcome::refused;
}

std::string text_of(const json::object& part, std::string_view name) {
  const auto* value = part.if_contains(name);
  const auto* text = value != nullptr ? value->if_string() : nullptr;
  return text != nullptr ? std::string{*text} : std::string{};
}

}  // namespace

std::string words_to_open(const imei& cabinet, std::string_view password, std::string_view tag) {
  auto secret = word("setClientPassword", cabinet, tag);
  secret["password"] = password;
  return message_of({std::move(secret), word("enableClient", cabinet, tag)});
}

std::string words_to_make(const imei& cabinet, std::string_view password, std::string_view tag) {
  auto made = word("createClient", cabinet, tag);
  made["clientid"] = cabinet.value;
  made["password"] = password;
  return message_of({std::move(made)});
}

std::string words_to_close(const imei& cabinet, std::string_view tag) {
  return message_of({word("disableClient", cabinet, tag)});
}

std::vector<account_reply> parse_account_replies(std::string_view text) {
  json::error_code malformed;
  const auto said = json::parse(json::string_view{text.data(), text.size()}, malformed);
  const auto* whole = malformed ? nullptr : said.if_object();
  const auto* parts = whole != nullptr ? whole->if_contains("responses") : nullptr;
  std::vector<account_reply> replies;
  if (parts == nullptr || !parts->is_array()) return replies;
  for (const auto& each : parts->get_array()) {
    const auto* part = each.if_object();
    if (part == nullptr) continue;
    const auto tag = text_of(*part, "correlationData");
    if (tag.empty()) continue;
    auto known =
        std::find_if(replies.begin(), replies.end(), [&](const auto& one) { return one.tag == tag; });
    if (known == replies.end()) known = replies.insert(replies.end(), {tag, account_outcome::done, {}});
    auto error = text_of(*part, "error");
    const auto outcome = outcome_of(error);
    if (outcome <= known->outcome) continue;
    known->outcome = outcome;
    known->error = std::move(error);
  }
  return replies;
}

}  // namespace chautari
