#pragma once
/// A row on its way from the database: one JSON object whose fields are columns. A column that is missing or
/// of another type means that schema and program do not fit: `schema_mismatch`.

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/ids.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

struct schema_mismatch : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class json_row {
public:
  explicit json_row(const boost::json::object& fields) : fields_(fields) {}

  [[nodiscard]] bool is_null(std::string_view name) const { return field(name).is_null(); }
  /// True if the field is there and not null: of documents that leave out what they have not.
  [[nodiscard]] bool has(std::string_view name) const {
    const auto* found = fields_.if_contains(name);
    return found != nullptr && !found->is_null();
  }
  /// Empty if null.
  [[nodiscard]] std::string text(std::string_view name) const;
  /// A JSON document as text; empty if null.
  [[nodiscard]] std::string json(std::string_view name) const;
  /// A bytea; empty if null.
  [[nodiscard]] std::vector<std::uint8_t> bytes(std::string_view name) const;
  [[nodiscard]] bool flag(std::string_view name) const;
  [[nodiscard]] std::int64_t number(std::string_view name) const;
  [[nodiscard]] std::int32_t small(std::string_view name) const;
  [[nodiscard]] money amount(std::string_view name) const { return {number(name)}; }
  [[nodiscard]] double real(std::string_view name) const;
  [[nodiscard]] timestamp time(std::string_view name) const;
  [[nodiscard]] std::optional<timestamp> time_if_any(std::string_view name) const;
  [[nodiscard]] boost::uuids::uuid uuid(std::string_view name) const;  ///< Nil if null.
  template <class Id>
  [[nodiscard]] Id id(std::string_view name) const {
    return Id{uuid(name)};
  }
  /// A word of an enum, by its parse function.
  template <class Parse>
  [[nodiscard]] auto word(std::string_view name, Parse parse) const {
    const auto value = parse(text(name));
    if (!value) refuse(name);
    return *value;
  }
  [[nodiscard]] const boost::json::value& field(std::string_view name) const;
  /// An object within; empty if null.
  [[nodiscard]] std::optional<json_row> object(std::string_view name) const;
  /// Calls `each(json_row)` for the objects of an array; none if null.
  template <class Each>
  void for_each(std::string_view name, Each each) const {
    const auto& value = field(name);
    if (value.is_null()) return;
    if (!value.is_array()) refuse(name);
    for (const auto& entry : value.get_array()) {
      if (!entry.is_object()) refuse(name);
      each(json_row{entry.get_object()});
    }
  }

private:
  [[noreturn]] static void refuse(std::string_view name);

  const boost::json::object& fields_;
};

}  // namespace chautari
