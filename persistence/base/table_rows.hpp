#pragma once
/// Rows on their way to one table, in the database's own binary form: one array of the table's row type, for
/// `unnest($1::rentals[])`. Nothing is printed here and parsed there, as with json_rows: half of what a row
/// cost. The form is that of array_recv and record_recv (PostgreSQL 15, arrayfuncs.c and rowtypes.c).

#include <boost/uuid/uuid.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "protocols/base/ids.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

/// What the database says of a table's row type. Type numbers are its own: of this connection only.
struct table_shape {
  struct column {
    std::string name;
    std::uint32_t type = 0;
  };
  std::uint32_t row_type = 0;
  std::vector<column> columns;  ///< In their order, without dropped ones.
};
using table_shapes = std::unordered_map<std::string, table_shape>;

/// Reads the rows of journal/table_shapes.sql.
[[nodiscard]] table_shapes read_table_shapes(const std::vector<std::string>& lines);

/// Field names are column names, in any order (that of the table is quickest). Begin each row with `row()`. A
/// field that is left out is null. A column that is not there, or not of the kind of the value, throws
/// database_error (`doubt`: a migration may have come meanwhile, and a new connection knows it); a number too
/// large for its column throws `data`, as the database would.
class table_rows {
public:
  /// Before the first row; kept by reference. Without a shape rows cannot be added.
  void take_shape(const table_shape& shape);

  table_rows& row();
  table_rows& text(std::string_view name, std::string_view value);
  table_rows& text_or_null(std::string_view name, std::string_view value) {
    return value.empty() ? *this : text(name, value);
  }
  /// A JSON document in its own words; `if_empty` if there are none.
  table_rows& json(std::string_view name, std::string_view value, std::string_view if_empty = "{}") {
    return text(name, value.empty() ? if_empty : value);
  }
  table_rows& json_or_null(std::string_view name, std::string_view value) {
    return text_or_null(name, value);
  }
  table_rows& flag(std::string_view name, bool value);
  table_rows& number(std::string_view name, std::int64_t value);
  table_rows& number(std::string_view name, money value) { return number(name, value.paisa); }
  table_rows& time(std::string_view name, timestamp at);
  table_rows& time(std::string_view name, const std::optional<timestamp>& at) {
    return at ? time(name, *at) : *this;
  }
  table_rows& id(std::string_view name, const boost::uuids::uuid& value);
  template <class Tag>
  table_rows& id(std::string_view name, const uuid_id<Tag>& value) {
    return id(name, value.value);
  }
  /// Null if nil.
  template <class Tag>
  table_rows& id_or_null(std::string_view name, const uuid_id<Tag>& value) {
    return value.is_nil() ? *this : id(name, value.value);
  }
  /// For the type bytea.
  table_rows& bytes(std::string_view name, const std::vector<std::uint8_t>& value);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  /// The whole array.
  [[nodiscard]] const std::string& finish();
  /// Empty again; keeps its memory and its shape.
  void clear();

private:
  /// Where a field's bytes are in `values_`; null if `length` is negative.
  struct cell {
    std::size_t first = 0;
    std::int32_t length = -1;
  };

  [[nodiscard]] std::size_t find(std::string_view name);
  [[nodiscard]] std::uint32_t type_of(std::size_t column) const { return shape_->columns[column].type; }
  [[noreturn]] void refuse_kind(std::size_t column) const;
  void keep(std::size_t column, std::string_view value);
  void close();

  const table_shape* shape_ = nullptr;
  std::string array_;   ///< The rows that are complete, behind room for the head.
  std::string values_;  ///< Of the row that is open, as they came.
  std::vector<cell> cells_;
  std::size_t next_column_ = 0;
  std::size_t size_ = 0;
  bool is_open_ = false;
};

/// The binary form of uuid[]: 20 bytes of head and 20 a value.
[[nodiscard]] std::string uuid_array(const std::vector<boost::uuids::uuid>& values);

}  // namespace chautari
