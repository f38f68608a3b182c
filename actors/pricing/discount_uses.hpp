#pragma once
/// Who is using which discount right now: pure bookkeeping, so that no discount is given away more often than
/// it says, whatever is still on its way to disk.
///
/// A *claim* is reserved when it is granted, then confirmed (the bank is out) or released. How often a rider
/// had a discount is read from the database when it is first asked, and counted here for as long as one of
/// the rider's claims is reserved: whether that one is on disk yet makes no difference then. With no claim
/// reserved the database has it all, because whoever settles a claim has stored its end before. An order that
/// dies before it stores anything keeps its claim until the next start of the server: rather one too few.

#include <deque>
#include <optional>
#include <unordered_map>

#include "protocols/pricing/recovery.hpp"

namespace chautari {

class discount_uses {
public:
  /// After a restart: uses confirmed by now, those of open rentals included, and then the open claims.
  void adopt(discount_id discount, std::int32_t confirmed);
  void adopt(const recovered_claim& claim);
  void forget(discount_id discount) { books_.erase(discount); }

  [[nodiscard]] std::int32_t confirmed(discount_id discount) const;
  [[nodiscard]] std::int32_t reserved(discount_id discount) const;
  [[nodiscard]] bool is_reserved(discount_id discount, rental_id rental) const;

  /// Uses of one rider, if they are known without asking.
  [[nodiscard]] std::optional<std::int32_t> uses_of(discount_id discount, user_id rider) const;
  /// A new claim of a rider with so many uses before it.
  void reserve(discount_id discount, rental_id rental, user_id rider, std::int32_t uses_before);
  /// False if that says nothing new.
  bool settle(const discount_settled& news);

private:
  struct rider_uses {
    std::int32_t uses = 0;
    std::int32_t reserved = 0;
  };
  struct book {
    std::int32_t confirmed = 0;
    std::unordered_map<rental_id, user_id> reserved;
    std::unordered_map<user_id, rider_uses> riders;  ///< With a claim reserved since they are here.
  };

  [[nodiscard]] const book* find(discount_id discount) const;
  void remember_confirmed(rental_id rental, user_id rider);

  std::unordered_map<discount_id, book> books_;
  std::unordered_map<rental_id, user_id> confirmed_;  ///< A refund gives the use back.
  std::deque<rental_id> confirmed_in_order_;
};

}  // namespace chautari
