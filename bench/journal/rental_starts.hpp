#pragma once
/// Records of the size a rental start has: ten rows in nine tables.

#include <utility>
#include <vector>

#include "protocols/base/id_source.hpp"
#include "protocols/journal/record.hpp"

namespace chautari::bench {

class rental_starts {
public:
  /// Starts of riders who have not been stored yet; `riders()` are to be stored before.
  [[nodiscard]] std::vector<record> next_batch(std::size_t size);
  /// The riders of all batches made since the last call, with money in their wallets.
  [[nodiscard]] std::vector<record> riders();
  /// The next image of rentals of the batches made so far, with their banks and a line of their history.
  [[nodiscard]] std::vector<record> next_changes(std::size_t size);
  [[nodiscard]] std::vector<record> next_reports(std::size_t size);

private:
  template <class Id>
  Id id() {
    return Id{make_uuid_v7(now(), next(), next())};
  }
  timestamp now() { return from_ms(1'767'225'600'000 + ++ticks_ / 16); }
  std::uint64_t next();
  record start(user_id rider);

  std::vector<record> riders_;
  std::vector<std::pair<rental_image, bank_image>> started_;
  std::size_t next_change_ = 0;
  std::int64_t ticks_ = 0;
  std::uint64_t state_ = 1;
  std::uint32_t serial_ = 10'000'000;
};

}  // namespace chautari::bench
