#pragma once
/// What a rental costs: packages and late-fee terms. A rental keeps a copy of both from its start.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/ids.hpp"
#include "protocols/base/money.hpp"

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

/// Everything about prices that may change while the server runs; handed out whole.
struct price_list {
  std::vector<rental_package> packages;  ///< Ordered by duration.
  std::optional<late_fee_terms> active_late_fee;

  [[nodiscard]] const rental_package* find(package_id id) const;
  /// The terms a new rental of this type gets: the active ones if they apply to it, else the default.
  [[nodiscard]] late_fee_terms terms_for(package_type type) const;
};

}  // namespace chautari
