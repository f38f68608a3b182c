#include "tests/support/rider_samples.hpp"

namespace chautari::testing {

station_view a_station(const std::string& serial, const std::string& name, double latitude,
                       double longitude) {
  station_view view;
  view.facts.id = id_named<station_id>(serial);
  view.facts.serial = {serial};
  view.facts.cabinet = {"864601060000001"};
  view.facts.name = name;
  view.facts.address = "Durbar Marg";
  view.facts.landmark = "beside the gate";
  view.facts.description = "On the ground floor";
  view.facts.latitude = latitude;
  view.facts.longitude = longitude;
  view.facts.total_slots = 4;
  view.facts.media = "[]";
  view.facts.amenities = "[]";
  view.is_online = true;
  view.last_seen_at = sample_time;
  view.snapshot_at = sample_time;
  for (std::int32_t number = 1; number <= 4; ++number) {
    const bool has_bank = number <= 2;
    view.slots.push_back({.number = number,
                          .status = has_bank ? slot_status::occupied : slot_status::available,
                          .battery = has_bank ? 90 : -1,
                          .has_bank = has_bank,
                          .bank = {has_bank ? 1000U + static_cast<std::uint32_t>(number) : 0U},
                          .updated_at = sample_time});
  }
  view.empty_slots = 2;
  view.rentable_count = 2;
  view.return_slots = 2;
  view.revision = 1;
  return view;
}

rental_package an_hour() {
  return {.id = id_named<package_id>("an hour"),
          .name = "1 hour",
          .description = "For a walk",
          .duration_minutes = 60,
          .price = {50'00},
          .type = package_type::hourly,
          .model = payment_model::prepaid,
          .is_active = true};
}

rental_image a_rental(user_id rider, const station_view& from) {
  rental_image rental;
  rental.id = id_named<rental_id>("rental of " + rider.text());
  rental.code = "AB12CD34";
  rental.rider = rider;
  rental.rider_name = "asha";
  rental.station = from.facts.id;
  rental.station_serial = from.facts.serial;
  rental.station_name = from.facts.name;
  rental.cabinet = from.facts.cabinet;
  rental.slot = 1;
  rental.bank = id_named<bank_id>("bank 1001");
  rental.bank_serial = {1001};
  rental.start_battery = 90;
  rental.package = an_hour();
  rental.mode = payment_mode::wallet_points;
  rental.price = {50'00};
  rental.paid = {.wallet_cash = {18'00}, .wallet_goodwill = {}, .points_used = 320};
  rental.payment = id_named<transaction_id>("payment of " + rider.text());
  rental.status = rental_status::active;
  rental.created_at = sample_time - minutes{5};
  rental.started_at = sample_time - minutes{5};
  rental.due_at = sample_time + minutes{55};
  rental.revision = 2;
  return rental;
}

wallet_view a_wallet(user_id rider) {
  wallet_view wallet;
  wallet.rider = rider;
  wallet.username = "asha";
  wallet.cash = {250'00};
  wallet.goodwill = {50'00};
  wallet.current_points = 325;
  wallet.total_points_earned = 400;
  wallet.updated_at = sample_time;
  wallet.revision = 1;
  return wallet;
}

}  // namespace chautari::testing
