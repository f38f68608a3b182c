#include "http/riders_door.hpp"

#include <iterator>

namespace chautari {

riders_door::riders_door(riders_door_setup setup)
    : setup_(std::move(setup)),
      stations_(setup_.lanes, setup_.everybody.accounts),
      care_(care_of(setup_.everybody, stations_)),
      rentals_{
          setup_.everybody.rentals, setup_.everybody.reader, stations_, setup_.everybody.issues, setup_.lanes,
          setup_.start_limit},
      accounts_{setup_.everybody.accounts, setup_.everybody.reader, setup_.has_demo_credit, setup_.lanes},
      payments_{setup_.everybody.payments, setup_.everybody.reader, setup_.everybody.gateways},
      pricing_(setup_.lanes, setup_.prices, rentals_, setup_.everybody.accounts) {}

endpoints riders_door::rows() const {
  endpoints all = station_endpoints(stations_);
  const auto append = [&all](endpoints more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  };
  append(issue_report_endpoints(care_));
  append(pricing_endpoints(pricing_));
  append(rental_endpoints(rentals_));
  append(account_endpoints(accounts_));
  append(payment_endpoints(payments_));
  return all;
}

void riders_door::set_up(lane_parts& parts) {
  stations_.set_up(parts, setup_.everybody.now);
  pricing_.set_up(parts);
  serve_rental_topic(parts, rentals_, setup_.everybody.now);
  serve_wallet_topic(parts, accounts_);
  serve_payment_topic(parts, payments_);
}

}  // namespace chautari
