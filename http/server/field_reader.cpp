#include "http/server/field_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "http/server/text.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

namespace {

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number value{};
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

}  // namespace

field_reader::field_reader(const exchange& in) : field_reader{in.json()} {}

field_reader::field_reader(const boost::json::value& body) : object_{body.if_object()} {
  if (object_ == nullptr) {
    problems_.push_back({"", body.is_null() ? "required" : "wrong_type", ""});
    is_checked_ = true;
  }
}

field_reader field_reader::of_query(const exchange& in) {
  field_reader made;
  made.is_query_ = true;
  for (const auto& [name, value] : in.query_fields())
    made.query_[name] = value;
  return made;
}

const boost::json::value* field_reader::find(std::string_view name) {
  known_.push_back(name);
  const auto& source = is_query_ ? query_ : object_ != nullptr ? *object_ : query_;
  const auto* found = source.if_contains(name);
  return found != nullptr && !found->is_null() ? found : nullptr;
}

const boost::json::value* field_reader::raw(std::string_view name) { return find(name); }

std::optional<std::string> field_reader::optional_text(std::string_view name, text_limits bounds) {
  const auto* given = find(name);
  if (given == nullptr) return {};
  const auto* text = given->if_string();
  if (text == nullptr) return note(name, "wrong_type"), std::nullopt;
  if (!is_clean_text({text->data(), text->size()})) return note(name, "malformed"), std::nullopt;
  if (text->size() < bounds.shortest) return note(name, "too_short"), std::nullopt;
  if (text->size() > bounds.longest) return note(name, "too_long"), std::nullopt;
  return std::string{text->data(), text->size()};
}

std::string field_reader::text(std::string_view name, text_limits bounds) {
  return needed(name, optional_text(name, bounds)).value_or("");
}

std::optional<std::int64_t> field_reader::optional_integer(std::string_view name, integer_limits bounds) {
  const auto* given = find(name);
  if (given == nullptr) return {};
  std::optional<std::int64_t> value;
  if (given->is_int64()) value = given->get_int64();
  if (given->is_uint64()) return note(name, "out_of_range"), std::nullopt;  // Only what int64 cannot hold.
  if (is_query_) {
    value = parse_number<std::int64_t>({given->get_string().data(), given->get_string().size()});
    if (!value) return note(name, "malformed"), std::nullopt;
  }
  if (!value) return note(name, "wrong_type"), std::nullopt;
  if (*value < bounds.least || *value > bounds.most) return note(name, "out_of_range"), std::nullopt;
  return value;
}

std::int64_t field_reader::integer(std::string_view name, integer_limits bounds) {
  return needed(name, optional_integer(name, bounds)).value_or(0);
}

std::optional<double> field_reader::optional_number(std::string_view name, number_limits bounds) {
  const auto* given = find(name);
  if (given == nullptr) return {};
  std::optional<double> value;
  if (given->is_number()) value = given->to_number<double>();
  if (is_query_) {
    value = parse_number<double>({given->get_string().data(), given->get_string().size()});
    if (!value) return note(name, "malformed"), std::nullopt;
  }
  if (!value) return note(name, "wrong_type"), std::nullopt;
  if (!std::isfinite(*value) || *value < bounds.least || *value > bounds.most) {
    return note(name, "out_of_range"), std::nullopt;
  }
  return value;
}

double field_reader::number(std::string_view name, number_limits bounds) {
  return needed(name, optional_number(name, bounds)).value_or(0);
}

std::optional<bool> field_reader::optional_flag(std::string_view name) {
  const auto* given = find(name);
  if (given == nullptr) return {};
  if (given->is_bool()) return given->get_bool();
  if (is_query_) {
    const auto& word = given->get_string();
    if (word == "1" || word == "true") return true;
    if (word == "0" || word == "false") return false;
  }
  return note(name, "wrong_type"), std::nullopt;
}

bool field_reader::flag(std::string_view name) { return needed(name, optional_flag(name)).value_or(false); }

std::optional<money> field_reader::optional_amount(std::string_view name, money least, money most) {
  const auto* given = find(name);
  if (given == nullptr) return {};
  std::optional<money> value;
  if (const auto* text = given->if_string()) {
    value = parse_money({text->data(), text->size()});
    if (!value) return note(name, "malformed"), std::nullopt;
  } else if (given->is_int64()) {
    value = parse_money(std::to_string(given->get_int64()));
  } else {
    return note(name, "wrong_type"), std::nullopt;
  }
  if (!value || *value < least || *value > most) return note(name, "out_of_range"), std::nullopt;
  return value;
}

money field_reader::amount(std::string_view name, money least, money most) {
  return needed(name, optional_amount(name, least, most)).value_or(money{});
}

std::optional<timestamp> field_reader::optional_time(std::string_view name) {
  const auto given = optional_text(name, {.shortest = 1, .longest = 64});
  if (!given) return {};
  const auto value = parse_rfc3339(*given);
  if (!value) note(name, "malformed");
  return value;
}

void field_reader::note(std::string_view field, std::string_view code, std::string_view message) {
  if (problems_.size() >= limits::field_problems_max) return;
  problems_.push_back({std::string{field}, std::string{code}, std::string{message}});
}

bool field_reader::is_noted(std::string_view name) const {
  if (problems_.size() >= limits::field_problems_max) return true;
  return std::ranges::any_of(problems_,
                             [&](const auto& each) { return each.field == name || each.field.empty(); });
}

void field_reader::note_unknown() {
  if (std::exchange(is_checked_, true) || is_query_ || object_ == nullptr) return;
  for (const auto& field : *object_) {
    const std::string_view name{field.key().data(), field.key().size()};
    if (std::ranges::find(known_, name) == known_.end()) note(cleaned_text(name, 64), "unknown_field");
  }
}

const std::vector<field_problem>& field_reader::problems() {
  note_unknown();
  return problems_;
}

bool field_reader::complete(exchange& in) {
  if (problems().empty()) return true;
  in.fail(400, "validation_error", {}, problems_);
  return false;
}

}  // namespace chautari
