#pragma once
/// COPY ... TO STDOUT, the fastest way out of PostgreSQL: a row a call, fields split and unescaped in place.

#include <array>
#include <boost/uuid/uuid.hpp>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "persistence/base/connection.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

/// One row in COPY's text format (PostgreSQL manual, COPY): tab-separated; \N is null, given as an empty
/// field. The reading functions throw schema_mismatch.
class copied_row {
public:
  explicit copied_row(const std::vector<std::string_view>& fields) : fields_(fields) {}

  [[nodiscard]] std::string_view text(std::size_t at) const;
  [[nodiscard]] bool is_null(std::size_t at) const { return text(at).empty(); }
  [[nodiscard]] std::int64_t number(std::size_t at) const;
  [[nodiscard]] std::int32_t small(std::size_t at) const { return static_cast<std::int32_t>(number(at)); }
  [[nodiscard]] double real(std::size_t at) const;
  [[nodiscard]] bool flag(std::size_t at) const { return text(at) == "t"; }
  [[nodiscard]] boost::uuids::uuid uuid(std::size_t at) const;  ///< Nil if null.
  [[nodiscard]] timestamp time(std::size_t at) const;           ///< 1970 if null.

private:
  const std::vector<std::string_view>& fields_;
};

/// Calls `each` for every row, in order. Throws database_error; after any exception the connection is closed,
/// because the rest of the rows would still be on their way.
void copy_out(database_connection& database, const sql::text& statement,
              const std::function<void(const copied_row&)>& each);

}  // namespace chautari
