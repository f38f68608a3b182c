#pragma once
/// What a rental costs: packages and late-fee terms. A rental keeps a copy of both from its start.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/ids.hpp"
#include "protocols/base/money.hpp"
#include "protocols/pricing/discount.hpp"
#include "protocols/pricing/partner.hpp"

namespace chautari {

enum class package_type : std::uint8_t { hourly, daily, weekly, monthly };
enum class payment_model : std::uint8_t { prepaid, postpaid };
std::string to_string(package_type type);
std::string to_string(payment_model model);
std::optional<package_type> parse_package_type(std::string_view text);
std::optional<payment_model> parse_payment_model(std::string_view text);

struct rental_package {
  package_id id;
  std::string name;
  std::string description;
  std::int32_t duration_minutes = 1;
  money price;
  package_type type = package_type::hourly;
  payment_model model = payment_model::prepaid;
  bool is_active = true;
  std::string metadata =
      {};  ///< JSON object of the operators' own; empty if none. A rental keeps no copy of it.
};

enum class late_fee_kind : std::uint8_t { multiplier, flat_rate, compound };
std::string to_string(late_fee_kind kind);
std::optional<late_fee_kind> parse_late_fee_kind(std::string_view text);

/// The defaults are the rule for "no configuration": twice the package's rate, no grace, no cap.
struct late_fee_terms {
  late_fee_kind kind = late_fee_kind::multiplier;
  std::int32_t multiplier_hundredths = 200;  ///< 2.00
  money flat_per_hour;
  std::int32_t grace_minutes = 0;
  std::optional<money> daily_cap;
  std::vector<package_type> applies_to;  ///< Empty: to every type.
};

/// Late-fee terms by name. At most one configuration is active; a rental takes a copy of it at its start.
struct late_fee_configuration {
  late_fee_id id;
  std::string name;  ///< At most 100 characters.
  late_fee_terms terms;
  bool is_active = false;
  std::string metadata = {};  ///< JSON object of the operators' own; empty if none.
};

/// What a bank that never comes back costs, and when it counts as lost. Copied at a rental's start.
struct lost_terms {
  money penalty{5'000'00};
  std::int32_t after_hours = 72;  ///< After the due time.
  friend bool operator==(const lost_terms&, const lost_terms&) = default;
};

/// Everything about prices that may change while the server runs; handed out whole.
struct price_list {
  std::vector<rental_package> packages;  ///< Ordered by duration.
  std::optional<late_fee_terms> active_late_fee;
  std::vector<late_fee_configuration> late_fees;  ///< All of them, by name.
  std::vector<station_discount> discounts;        ///< All of them, newest first.
  std::vector<business_partner> partners;         ///< All of them, by code.
  std::vector<station_partner> station_partners;  ///< Now and ever, by station.

  [[nodiscard]] const rental_package* find(package_id id) const;
  /// The terms a new rental of this type gets: the active ones if they apply to it, else the default.
  [[nodiscard]] late_fee_terms terms_for(package_type type) const;
  /// The discount of this pair that is valid now, whatever is left of its uses; null if none.
  [[nodiscard]] const station_discount* discount_at(station_id station, package_id package,
                                                    timestamp now) const;
};

}  // namespace chautari
