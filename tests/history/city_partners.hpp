#pragma once
/// A franchise that owns a station of the city and a vendor that runs it.

#include "protocols/base/id_source.hpp"
#include "protocols/pricing/package.hpp"

namespace chautari::testing {

/// `runner` is the vendor's rider; the percentages leave something to round.
inline void give_away(price_list& prices, station_id station, user_id runner, const id_source& ids) {
  for (const bool is_vendor : {false, true}) {
    business_partner partner;
    partner.id = ids.make<partner_id>();
    partner.user = is_vendor ? runner : ids.make<user_id>();
    partner.type = is_vendor ? partner_type::vendor : partner_type::franchise;
    partner.vendor = is_vendor ? vendor_type::revenue : vendor_type::none;
    partner.share_hundredths = is_vendor ? 0 : 33'33;
    station_partner given;
    given.id = ids.make<station_partner_id>();
    given.station = station;
    given.partner = partner.id;
    given.role = is_vendor ? station_role::station_operator : station_role::owner;
    given.model = is_vendor ? revenue_model::percentage : revenue_model::none;
    given.percent_hundredths = is_vendor ? 12'50 : 0;
    prices.partners.push_back(partner);
    prices.station_partners.push_back(given);
  }
}

}  // namespace chautari::testing
