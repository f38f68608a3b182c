#include "http/admin_door.hpp"

#include <iterator>

namespace chautari {

admin_door::admin_door(admin_door_setup setup)
    : setup_(std::move(setup)),
      operators_{setup_.operators, setup_.everybody.reader, setup_.gate, setup_.allowed_origins,
                 setup_.rates},
      livemap_{{setup_.lanes, setup_.everybody, setup_.livemap, setup_.stations}},
      kiosks_{setup_.everybody.kiosks, setup_.everybody.reader, setup_.everybody.ids},
      stations_(care_of(setup_.everybody, *setup_.stations)),
      prices_{setup_.everybody.prices, setup_.everybody.reader, *setup_.stations},
      cabinets_{setup_.everybody.registry, stations_},
      rentals_{*setup_.stations, setup_.everybody.rentals, setup_.everybody.issues, setup_.everybody.reader},
      payments_{setup_.everybody.payments, setup_.everybody.reader, setup_.everybody.gateways} {}

endpoints admin_door::rows() const {
  endpoints all = operator_endpoints(operators_);
  const auto append = [&all](endpoints more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  };
  append(livemap_endpoints(livemap_));
  append(kiosk_endpoints(kiosks_));
  append(station_care_endpoints(stations_));
  append(price_office_endpoints(prices_));
  append(cabinet_office_endpoints(cabinets_));
  append(admin_rental_endpoints(rentals_));
  append(payment_office_endpoints(payments_));
  append(operators_page_rows(setup_.files, setup_.page, setup_.version));
  return all;
}

void admin_door::set_up(lane_parts& parts) {
  livemap_.set_up(parts);
  follow_operators(parts);
}

}  // namespace chautari
