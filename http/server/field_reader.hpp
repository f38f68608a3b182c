#pragma once
/// Reads the fields of a JSON body or of a query and gathers everything that is wrong with them, so that one
/// answer lists it all.
///
///     field_reader fields{in};
///     const auto station = fields.text("station_sn", {.shortest = 1, .longest = 255});
///     const auto package = fields.id<package_id>("package_id");
///     const auto mode = fields.choice<pay_mode>("mode", {{"wallet", pay_mode::wallet}, {"points",
///     pay_mode::points}}); if (!fields.complete(in)) return;   // 400 validation_error was answered
///
/// A getter of a required field returns a default value after noting the problem; it is not to be used unless
/// `complete`.

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/server/exchange.hpp"
#include "protocols/base/money.hpp"

namespace chautari {

struct text_limits {
  std::size_t shortest = 0;  ///< Bytes of UTF-8, after nothing is trimmed.
  std::size_t longest = 255;
};
struct integer_limits {
  std::int64_t least = std::numeric_limits<std::int64_t>::min();
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
};
struct number_limits {
  double least = std::numeric_limits<double>::lowest();
  double most = std::numeric_limits<double>::max();
};

class field_reader {
public:
  /// The fields of the JSON body. A body that is no object is a problem of the field "".
  explicit field_reader(const exchange& in);
  explicit field_reader(const boost::json::value& body);
  /// The fields of the query; numbers and ids are read from their text. Unknown parameters are not a problem
  /// here.
  [[nodiscard]] static field_reader of_query(const exchange& in);

  [[nodiscard]] std::string text(std::string_view name, text_limits bounds = {});
  [[nodiscard]] std::optional<std::string> optional_text(std::string_view name, text_limits bounds = {});
  [[nodiscard]] std::int64_t integer(std::string_view name, integer_limits bounds = {});
  [[nodiscard]] std::optional<std::int64_t> optional_integer(std::string_view name,
                                                             integer_limits bounds = {});
  [[nodiscard]] double number(std::string_view name, number_limits bounds = {});
  [[nodiscard]] std::optional<double> optional_number(std::string_view name, number_limits bounds = {});
  [[nodiscard]] bool flag(std::string_view name);
  [[nodiscard]] std::optional<bool> optional_flag(std::string_view name);
  /// "50.00", as text or as a JSON integer; a JSON fraction is refused, it was floating point on its way.
  [[nodiscard]] money amount(std::string_view name, money least = {1}, money most = {100'000'000'000});
  [[nodiscard]] std::optional<money> optional_amount(std::string_view name, money least = {1},
                                                     money most = {100'000'000'000});
  /// RFC 3339.
  [[nodiscard]] std::optional<timestamp> optional_time(std::string_view name);

  template <class Id>
  [[nodiscard]] Id id(std::string_view name) {
    return needed(name, optional_id<Id>(name)).value_or(Id{});
  }
  template <class Id>
  [[nodiscard]] std::optional<Id> optional_id(std::string_view name) {
    const auto given = optional_text(name, {.shortest = 36, .longest = 36});
    if (!given) return {};
    auto parsed = Id::parse(*given);
    if (!parsed) note(name, "malformed");
    return parsed;
  }

  template <class Choice>
  using choices = std::initializer_list<std::pair<std::string_view, Choice>>;

  template <class Choice>
  [[nodiscard]] Choice choice(std::string_view name, choices<Choice> known) {
    return needed(name, optional_choice<Choice>(name, known)).value_or(Choice{});
  }
  template <class Choice>
  [[nodiscard]] std::optional<Choice> optional_choice(std::string_view name, choices<Choice> known) {
    const auto given = optional_text(name);
    if (!given) return {};
    for (const auto& [word, value] : known) {
      if (*given == word) return value;
    }
    note(name, "not_a_choice");
    return {};
  }

  /// A field that the caller looks into itself (arrays, objects); null if absent. Counts as known.
  [[nodiscard]] const boost::json::value* raw(std::string_view name);

  /// Notes a problem the caller found. An empty message takes the catalogue's for the code.
  void note(std::string_view field, std::string_view code, std::string_view message = {});

  /// True if nothing is wrong and no unknown field was sent; else answers 400 `validation_error` with every
  /// problem.
  [[nodiscard]] bool complete(exchange& in);
  /// The same without an exchange.
  [[nodiscard]] const std::vector<field_problem>& problems();

private:
  field_reader() = default;

  [[nodiscard]] const boost::json::value* find(std::string_view name);

  template <class Value>
  std::optional<Value> needed(std::string_view name, std::optional<Value> value) {
    if (!value && !is_noted(name)) note(name, "required");
    return value;
  }
  [[nodiscard]] bool is_noted(std::string_view name) const;
  void note_unknown();

  boost::json::object query_;  ///< The query as texts, if this reads one.
  const boost::json::object* object_ = nullptr;
  bool is_query_ = false;
  bool is_checked_ = false;
  std::vector<std::string_view> known_;
  std::vector<field_problem> problems_;
};

}  // namespace chautari
