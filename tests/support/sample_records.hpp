#pragma once
/// Whole, plausible parts of records, for tests that store them.

#include <cstdint>
#include <string>

#include "protocols/base/id_source.hpp"
#include "protocols/journal/record.hpp"

namespace chautari::testing {

/// Makes riders, rentals and their records; every call gives new ids. The same seed gives the same ones.
class sample_maker {
public:
  explicit sample_maker(std::uint64_t seed = 1);

  template <class Id>
  [[nodiscard]] Id id() {
    return Id{make_uuid_v7(now(), next(), next())};
  }
  [[nodiscard]] timestamp now() { return from_ms(now_ms_ += 1); }

  [[nodiscard]] record empty_record();
  [[nodiscard]] user_image rider();
  [[nodiscard]] bank_image seated_bank(station_id station, std::int32_t slot);
  [[nodiscard]] rental_image pending_rental(const user_image& rider, const bank_image& bank);
  /// E1: money from outside into the rider's wallet.
  [[nodiscard]] ledger_journal top_up(const user_image& rider, money amount);
  /// E3: from the wallet into deferred income.
  [[nodiscard]] ledger_journal charge(const rental_image& rental, money amount);
  /// Everything that is stored when a rental starts: ten rows. The rider must have the money.
  [[nodiscard]] record start(const user_image& rider, const bank_image& bank, rental_image* rental = nullptr);

private:
  std::uint64_t next();

  std::uint64_t state_;
  std::int64_t now_ms_ = 1'767'225'600'000;
  std::uint32_t serial_ = 50'000'000;
  std::uint32_t people_ = 0;
};

}  // namespace chautari::testing
