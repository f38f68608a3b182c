#pragma once
/// What is said to and by PRICES, the one writer of packages, late-fee configurations and discounts.

#include <cstdint>
#include <memory>
#include <string>

#include "protocols/operations/audit.hpp"
#include "protocols/pricing/late_fee.hpp"
#include "protocols/pricing/package.hpp"

namespace chautari {

enum class price_refusal : std::uint8_t {
  package_not_found = 1,
  package_in_use,           ///< A rental has used it: it can only be deactivated.
  configuration_not_found,  ///< Of late fees.
  cannot_delete_active_config,
  discount_not_found,
  discount_exists,     ///< One per station and package.
  discount_exhausted,  ///< No uses are left, of all or of this rider: the list price holds.
  station_not_found,
  validation_error,  ///< context: {"errors":{field:[code]}}
  too_many_prices,   ///< The server's own limit of rows of a table.
  partner_not_found,
  partner_in_use,  ///< It has or had a station: it can only become INACTIVE.
  partner_not_active,
  user_already_partner,   ///< One partner per rider account.
  user_not_found,         ///< There is no such rider account.
  invalid_partner_terms,  ///< These terms do not fit this kind of partner.
  assignment_not_found,   ///< Of a station to a partner.
};
std::string to_string(price_refusal why);

enum class price_table : std::uint8_t { packages, late_fees, discounts, partners, station_partners };
enum class price_action : std::uint8_t { create, change, remove, activate, deactivate };

/// An operator's change of one row of a price table. `fields` is the request's JSON object: the descriptors
/// of the table (protocols/pricing/catalogue.hpp) say what it may name.
struct change_price {
  price_table table = price_table::packages;
  price_action action = price_action::create;
  std::string id;      ///< UUID text; empty for create.
  std::string fields;  ///< JSON object; empty for remove, activate, deactivate.
  operator_stamp by;
};
/// Stored, and every door and rental hears of the new prices.
struct price_changed {
  std::string row;  ///< JSON object of the row as it is now; empty: it is gone.
};

/// A row of a price table is gone for good. Only of rows that nothing refers to.
struct price_row_removed {
  price_table table = price_table::packages;
  boost::uuids::uuid id{};
};

/// How many rentals ever used this package, and what came of a discount; asked before something is removed.
struct count_price_uses {
  price_table table = price_table::packages;
  boost::uuids::uuid id{};
  user_id rider;  ///< Of a discount: uses of this rider only; nil: of everybody.
};
struct price_uses {
  std::int64_t uses = 0;  ///< Reserved ones included, released ones not.
  std::int64_t confirmed = 0;
  std::int64_t riders = 0;  ///< Different ones.
  money saved;              ///< Sum of what the confirmed uses took off.
};

/// Everything about prices as it stands. Handed out whole, never changed afterwards.
struct look_at_prices {};
struct price_snapshot {
  std::shared_ptr<const price_list> prices;
};

/// "This rider orders this package here: is there a discount left?" A lookup that fails fails the start; it
/// never charges the full price silently. The use is reserved until `discount_settled`.
struct claim_discount {
  station_id station;
  package_id package;
  user_id rider;
  rental_id rental;
};
struct discount_claim {
  std::optional<station_discount> discount;  ///< Nothing: none is valid, or no uses are left.
};
/// Stored with the rental: its use is confirmed or released. Repeating it is harmless.
struct discount_settled {
  discount_id discount;
  rental_id rental;
  discount_use_state state = discount_use_state::released;
};

}  // namespace chautari
