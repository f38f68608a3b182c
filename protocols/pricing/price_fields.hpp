#pragma once
/// The kinds of fields that rows of price tables have: how each is read from JSON and shown. Only for
/// catalogue.cpp, which says which row has which.

#include <algorithm>
#include <boost/json.hpp>
#include <functional>

#include "protocols/base/limits.hpp"
#include "protocols/pricing/catalogue.hpp"

namespace chautari::price_fields {

namespace json = boost::json;

// -- values
// ------------------------------------------------------------------------------------------

struct number {
  std::string_view problem;
  std::int64_t value = 0;
};

inline number within(std::int64_t value, field_limits limits) {
  if (value < limits.least || value > limits.most) return {"out_of_range"};
  return {{}, value};
}

inline number whole(const json::value& given, field_limits limits) {
  if (given.is_uint64()) return {"out_of_range"};  // Only what int64 cannot hold.
  if (!given.is_int64()) return {"wrong_type"};
  return within(given.get_int64(), limits);
}

/// Hundredths of "12.50", or of an integer; a JSON fraction was floating point on its way and is refused.
inline number decimal(const json::value& given, field_limits limits) {
  std::optional<money> value;
  if (const auto* text = given.if_string()) {
    value = parse_money(std::string_view{*text});
    if (!value) return {"malformed"};
  } else if (given.is_int64()) {
    value = parse_money(std::to_string(given.get_int64()));
  } else {
    return {given.is_uint64() ? "out_of_range" : "wrong_type"};
  }
  return value ? within(value->paisa, limits) : number{"out_of_range"};
}

inline std::int64_t characters_of(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

template <class Value>
constexpr bool is_optional = false;
template <class Value>
constexpr bool is_optional<std::optional<Value>> = true;

inline json::value shown(std::int32_t value) { return value; }
inline json::value shown(money value) { return json::value(to_text(value)); }
template <class Value>
json::value shown(const std::optional<Value>& value) {
  return value ? shown(*value) : json::value{};
}

// -- kinds of fields
// ------------------------------------------------------------------------------------------

/// `At` is a pointer to the member, or a callable that leads to it.
template <class Row>
struct field_of {
  using field = price_field<Row>;
  template <auto At>
  using value_at = std::remove_cvref_t<decltype(std::invoke(At, std::declval<Row&>()))>;

  template <auto At, number (*Read)(const json::value&, field_limits)>
  static std::string_view take_number(Row& row, const json::value& given, field_limits limits) {
    using value = value_at<At>;
    if constexpr (is_optional<value>) {
      if (given.is_null()) return std::invoke(At, row).reset(), std::string_view{};
    }
    const auto [problem, read] = Read(given, limits);
    if (!problem.empty()) return problem;
    if constexpr (std::is_same_v<value, money> || std::is_same_v<value, std::optional<money>>) {
      std::invoke(At, row) = money{read};
    } else {
      std::invoke(At, row) = static_cast<std::int32_t>(read);
    }
    return {};
  }
  template <auto At, number (*Read)(const json::value&, field_limits)>
  static constexpr field numeral(std::string_view name, field_use use, field_limits limits) {
    constexpr auto show = [](const Row& row) { return shown(std::invoke(At, row)); };
    return {name, use, limits, is_optional<value_at<At>>, take_number<At, Read>, show};
  }
  template <auto At>
  static constexpr field integer(std::string_view name, field_use use, std::int64_t least,
                                 std::int64_t most) {
    return numeral<At, whole>(name, use, {least, most});
  }
  template <auto At>
  static constexpr field amount(std::string_view name, field_use use, std::int64_t least, std::int64_t most) {
    return numeral<At, decimal>(name, use, {least, most});
  }
  /// A factor or a percentage with two digits.
  template <auto At>
  static constexpr field hundredths(std::string_view name, field_use use, std::int64_t least,
                                    std::int64_t most) {
    return {name, use, {least, most}, false, take_number<At, decimal>, [](const Row& row) {
              return shown(money{std::invoke(At, row)});
            }};
  }

  template <auto At>
  static constexpr field text(std::string_view name, field_use use, std::int64_t least, std::int64_t most) {
    constexpr auto take = [](Row& row, const json::value& given, field_limits limits) -> std::string_view {
      const auto* read = given.if_string();
      if (read == nullptr) return "wrong_type";
      // Blanks at either end would make two of one name; NUL PostgreSQL does not keep.
      const bool is_blank =
          limits.least > 0 && !read->empty() && (read->front() == ' ' || read->back() == ' ');
      if (is_blank || read->find('\0') != json::string::npos) return "malformed";
      const auto length = characters_of(*read);
      if (length < limits.least) return "too_short";
      if (length > limits.most) return "too_long";
      std::invoke(At, row) = std::string{*read};
      return {};
    };
    return {name,  use,  {least, most},
            false, take, [](const Row& row) { return json::value(std::invoke(At, row)); }};
  }

  /// One of the words that `Parse` knows.
  template <auto At, auto Parse>
  static constexpr field word(std::string_view name, field_use use) {
    constexpr auto take = [](Row& row, const json::value& given, field_limits) -> std::string_view {
      const auto* read = given.if_string();
      if (read == nullptr) return "wrong_type";
      const auto known = Parse(std::string_view{*read});
      if (!known) return "not_a_choice";
      std::invoke(At, row) = *known;
      return {};
    };
    return {name,  use,  {},
            false, take, [](const Row& row) { return json::value(to_string(std::invoke(At, row))); }};
  }

  template <auto At>
  static constexpr field flag(std::string_view name, field_use use) {
    constexpr auto take = [](Row& row, const json::value& given, field_limits) -> std::string_view {
      if (!given.is_bool()) return "wrong_type";
      std::invoke(At, row) = given.get_bool();
      return {};
    };
    return {name, use, {}, false, take, [](const Row& row) { return json::value(std::invoke(At, row)); }};
  }

  template <auto At>
  static constexpr field id(std::string_view name, field_use use) {
    constexpr auto take = [](Row& row, const json::value& given, field_limits) -> std::string_view {
      const auto* read = given.if_string();
      if (read == nullptr) return "wrong_type";
      const auto parsed = value_at<At>::parse(std::string_view{*read});
      if (!parsed) return "malformed";
      std::invoke(At, row) = *parsed;
      return {};
    };
    return {name,  use,  {},
            false, take, [](const Row& row) { return json::value(std::invoke(At, row).text()); }};
  }

  template <auto At>
  static constexpr field time(std::string_view name, field_use use) {
    constexpr auto take = [](Row& row, const json::value& given, field_limits) -> std::string_view {
      const auto* read = given.if_string();
      if (read == nullptr) return "wrong_type";
      const auto parsed = parse_rfc3339(std::string_view{*read});
      if (!parsed) return "malformed";
      if (*parsed < timestamp{}) return "out_of_range";  // The network is younger.
      std::invoke(At, row) = *parsed;
      return {};
    };
    return {name,  use,  {},
            false, take, [](const Row& row) { return json::value(to_rfc3339(std::invoke(At, row))); }};
  }

  /// An object of the operators' own, kept as it was given.
  template <auto At>
  static constexpr field object(std::string_view name) {
    constexpr auto take = [](Row& row, const json::value& given, field_limits limits) -> std::string_view {
      if (!given.is_null() && !given.is_object()) return "wrong_type";
      const bool is_empty = given.is_null() || given.get_object().empty();
      auto text = is_empty ? std::string{} : json::serialize(given);
      if (static_cast<std::int64_t>(text.size()) > limits.most) return "too_long";
      if (text.find("\\u0000") != std::string::npos) return "malformed";  // PostgreSQL keeps no NUL.
      std::invoke(At, row) = std::move(text);
      return {};
    };
    constexpr auto show = [](const Row& row) {
      boost::system::error_code malformed;
      auto kept = json::parse(std::invoke(At, row), malformed);
      return malformed ? json::value(json::object_kind) : kept;
    };
    return {name, field_use::optional, {0, std::int64_t{limits::price_metadata_bytes_max}}, true, take, show};
  }

  template <auto At>
  static constexpr field package_types(std::string_view name) {
    constexpr auto take = [](Row& row, const json::value& given, field_limits) -> std::string_view {
      const auto* list = given.if_array();
      if (list == nullptr) return "wrong_type";
      std::vector<package_type> types;
      for (const auto& one : *list) {
        const auto* read = one.if_string();
        const auto known = read == nullptr ? std::nullopt : parse_package_type(std::string_view{*read});
        if (!known) return "not_a_choice";
        if (std::find(types.begin(), types.end(), *known) != types.end()) return "duplicate";
        types.push_back(*known);
      }
      std::invoke(At, row) = std::move(types);
      return {};
    };
    constexpr auto show = [](const Row& row) {
      json::array words;
      for (const auto type : std::invoke(At, row))
        words.emplace_back(to_string(type));
      return json::value(std::move(words));
    };
    return {name, field_use::optional, {}, false, take, show};
  }
};

}  // namespace chautari::price_fields
