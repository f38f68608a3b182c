#pragma once
/// The newest movements of riders, remembered beside the revision of the wallet that they belong to, so that
/// the database is asked again only after something has moved.

#include <cstdint>
#include <list>
#include <unordered_map>
#include <vector>

#include "protocols/base/limits.hpp"
#include "protocols/journal/reader.hpp"

namespace chautari {

/// One per I/O thread.
///
/// A kept list is never older than its revision says. Movements are committed before the account applies them
/// and raises its revision (law 1), and a list is asked for after a view with its revision was seen: so it
/// contains all that the revision stands for. It may contain more, whose revision is still to come; whoever
/// sees that one asks again. No two lives of an account share a revision.
class kept_movements {
public:
  using movements = std::vector<transaction_row>;

  explicit kept_movements(std::size_t riders_max = limits::movements_kept_max) : riders_max_{riders_max} {}

  /// Null unless kept under this very revision. Good until the next `keep`.
  [[nodiscard]] const movements* find(user_id rider, std::uint64_t revision);
  /// Of two lists that were asked for at once the one of the later revision stays, whichever comes last.
  void keep(user_id rider, std::uint64_t revision, movements newest);

  [[nodiscard]] std::size_t riders() const { return known_.size(); }

private:
  struct entry {
    user_id rider;
    std::uint64_t revision = 0;
    movements newest;
  };
  using order = std::list<entry>;

  std::size_t riders_max_;
  order recent_;  ///< Who looked last comes first.
  std::unordered_map<user_id, order::iterator> known_;
};

}  // namespace chautari
