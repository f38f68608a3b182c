#pragma once
/// Partners: franchises that own stations, vendors that run them; and which station was whose from when until
/// when (stations_rentals_devices 3.13, admin_engagement_ops 8.1, 8.2). What became of an income under their
/// terms is in pricing/revenue.hpp.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

enum class partner_type : std::uint8_t { franchise, vendor };
/// Of a vendor: REVENUE shares in the income of its stations, NON_REVENUE does not. NONE: a franchise.
enum class vendor_type : std::uint8_t { none, revenue, non_revenue };
enum class partner_status : std::uint8_t { pending, active, inactive, suspended };
/// What a partner is to a station: a franchise is its owner, a vendor its operator.
enum class station_role : std::uint8_t { owner, station_operator };
/// A vendor's terms at one station: a part of each income, or a fixed sum a month and nothing of any income.
enum class revenue_model : std::uint8_t { none, percentage, fixed };
std::string to_string(partner_type type);
std::string to_string(vendor_type type);
std::string to_string(partner_status status);
std::string to_string(station_role role);
std::string to_string(revenue_model model);
std::optional<partner_type> parse_partner_type(std::string_view text);
std::optional<vendor_type> parse_vendor_type(std::string_view text);
std::optional<partner_status> parse_partner_status(std::string_view text);
std::optional<station_role> parse_station_role(std::string_view text);
std::optional<revenue_model> parse_revenue_model(std::string_view text);

struct business_partner {
  partner_id id;
  std::string code;  ///< "FR-001", "VN-001", "VNREV-001": ours, unique.
  user_id user;      ///< The rider account it signs in with; of one partner only.
  partner_type type = partner_type::vendor;
  vendor_type vendor = vendor_type::none;
  std::string business_name;
  std::string contact_phone;
  /// Shares accrue whatever it is; a new station, and a vendor's free ejection, need ACTIVE.
  partner_status status = partner_status::active;
  std::int32_t share_hundredths = 0;  ///< Of a franchise: of the net income of its stations, 0..10000.
  std::string created_by;             ///< Operator's id.
  timestamp created_at;
};

/// One partner at one station. Rows are never taken back: another partner closes this row and begins a new
/// one. At most one owner and one operator is open per station, which the database repeats.
struct station_partner {
  station_partner_id id;
  station_id station;
  partner_id partner;
  station_role role = station_role::owner;
  revenue_model model = revenue_model::none;  ///< Of a vendor that shares.
  std::int32_t percent_hundredths = 0;        ///< PERCENTAGE: of the franchise's part, else of the net.
  timestamp valid_from;
  std::optional<timestamp> valid_until;  ///< Nothing: it is in force.
  std::string created_by;                ///< Operator's id.

  [[nodiscard]] bool is_open() const { return !valid_until.has_value(); }
};

/// A vendor's free ejection of the day, taken by a rental: (vendor, station, day) is unique while it is not
/// released. Written with the start, released with its cancellation.
struct vendor_ejection {
  rental_id rental;
  partner_id vendor;
  station_id station;
  std::int64_t day = 0;  ///< business_day() of the start.
  bool is_released = false;
};

}  // namespace chautari
