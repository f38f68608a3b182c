#pragma once
/// How a row of the table of settings is made: a number, a text, a list or a secret at its place in
/// `settings`.

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <string>
#include <utility>

#include "config/setting_keys.hpp"
#include "config/setting_rules.hpp"

namespace chautari {

// ---- numbers, durations included: the key's name says the unit

template <class Number>
std::int64_t as_number(const Number& value) {
  if constexpr (std::integral<Number>) {
    return static_cast<std::int64_t>(value);
  } else {
    return static_cast<std::int64_t>(value.count());
  }
}

inline std::optional<std::int64_t> number_in(const raw_setting& raw) {
  if (const auto* number = std::get_if<std::int64_t>(&raw)) return *number;
  const auto* text = std::get_if<std::string>(&raw);
  if (text == nullptr) return {};
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (failure != std::errc{} || end != text->data() + text->size()) return {};
  return number;
}

/// `place(settings&)` is the number's home.
template <class Place>
setting_key number(std::string section, std::string name, Place place, std::int64_t least, std::int64_t most,
                   const std::string& doc) {
  const auto bounds = std::to_string(least) + ".." + std::to_string(most);
  return {std::move(section),
          std::move(name),
          doc + " (" + bounds + ")",
          false,
          [=](settings& into, const raw_setting& raw) -> problem {
            const auto value = number_in(raw);
            if (!value) return "must be a whole number, " + bounds;
            if (*value < least || *value > most) return "must be " + bounds;
            auto& home = place(into);
            using number_type = std::remove_reference_t<decltype(home)>;
            home = number_type(*value);
            return {};
          },
          [=](const settings& from) {
            auto copy = from;
            return std::to_string(as_number(place(copy)));
          }};
}

// ---- text

template <class Place>
setting_key text(std::string section, std::string name, Place place, text_rule rule, std::string doc) {
  return {std::move(section),
          std::move(name),
          std::move(doc),
          false,
          [=](settings& into, const raw_setting& raw) -> problem {
            const auto* value = std::get_if<std::string>(&raw);
            if (value == nullptr) return "must be text";
            if (auto wrong = plain_text(*value)) return wrong;
            if (auto wrong = rule(*value)) return wrong;
            place(into) = *value;
            return {};
          },
          [=](const settings& from) {
            auto copy = from;
            return toml_text(place(copy));
          }};
}

/// TOML: an array of text. Environment: separated by commas.
template <class Place>
setting_key text_list(std::string section, std::string name, Place place, list_rule rule, std::string doc) {
  return {std::move(section),
          std::move(name),
          std::move(doc),
          false,
          [=](settings& into, const raw_setting& raw) -> problem {
            const auto* joined = std::get_if<std::string>(&raw);
            const auto* list = std::get_if<std::vector<std::string>>(&raw);
            if (joined == nullptr && list == nullptr) return "must be a list of text";
            auto parts = joined != nullptr ? split_list(*joined) : *list;
            for (const auto& part : parts) {
              if (auto wrong = plain_text(part)) return wrong;
            }
            if (auto wrong = rule(parts)) return wrong;
            place(into) = std::move(parts);
            return {};
          },
          [=](const settings& from) {
            auto copy = from;
            std::string all;
            for (const auto& one : place(copy))
              all += (all.empty() ? "" : ", ") + toml_text(one);
            return "[" + all + "]";
          }};
}

// ---- secrets

inline constexpr std::array<std::string_view, 10> default_secrets{
    "changeme", "change-me", "password", "secret",    "default",
    "admin",    "chautari",  "postgres", "mosquitto", "server"};

template <class Place>
setting_key secret(std::string section, std::string name, Place place, std::size_t bytes_min,
                   std::string doc) {
  return {std::move(section),
          std::move(name),
          std::move(doc),
          true,
          [=](settings& into, const raw_setting& raw) -> problem {
            const auto* value = std::get_if<std::string>(&raw);
            if (value == nullptr || value->empty()) return "is empty";
            if (std::find(default_secrets.begin(), default_secrets.end(), *value) != default_secrets.end()) {
              return "is a default everybody knows";
            }
            if (value->size() < bytes_min)
              return "must have at least " + std::to_string(bytes_min) + " bytes";
            place(into) = *value;
            return {};
          },
          [=](const settings& from) {
            auto copy = from;
            return place(copy).empty() ? std::string{"(missing)"} : std::string{"(set)"};
          }};
}

}  // namespace chautari
