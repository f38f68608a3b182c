#include "tests/support/sample_records.hpp"

namespace chautari::testing {

sample_maker::sample_maker(std::uint64_t seed) : state_{seed} {}

/// SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t sample_maker::next() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

record sample_maker::empty_record() { return {id<record_id>(), now(), {}}; }

user_image sample_maker::rider() {
  user_image user;
  user.id = id<user_id>();
  user.username = "rider" + std::to_string(++people_) + user.id.text().substr(24);
  user.email = user.username + "@example.test";
  user.referral_code = "R" + user.id.text().substr(19);
  user.created_at = user.last_login_at = now();
  return user;
}

bank_image sample_maker::seated_bank(station_id station, std::int32_t slot) {
  bank_image bank;
  bank.id = id<bank_id>();
  bank.serial = bank_sn{++serial_};
  bank.battery = 90;
  bank.station = station;
  bank.slot = slot;
  return bank;
}

rental_image sample_maker::pending_rental(const user_image& rider, const bank_image& bank) {
  rental_image rental;
  rental.id = id<rental_id>();
  static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  for (int i = 0; i < 8; ++i)
    rental.code += letters[next() % letters.size()];
  rental.rider = rider.id;
  rental.rider_name = rider.username;
  rental.station = bank.station;
  rental.station_serial = station_sn{"KTM-0001"};
  rental.station_name = "Thamel \"Chowk\"";
  rental.cabinet = imei{"860000000000001"};
  rental.slot = bank.slot;
  rental.bank = bank.id;
  rental.bank_serial = bank.serial;
  rental.start_battery = bank.battery;
  rental.package = {id<package_id>(),       "1 Hour", "", 60, {5000}, package_type::hourly,
                    payment_model::prepaid, true};
  rental.late_fee.grace_minutes = 2;
  rental.late_fee.daily_cap = money{10000};
  rental.late_fee.applies_to = {package_type::hourly};
  rental.price = {5000};
  rental.paid = {{5000}, {0}, 0};
  rental.payment = id<transaction_id>();
  rental.created_at = now();
  rental.started_by = id<command_id>();
  rental.start_body_hash = 0xFEDCBA9876543210U;
  rental.revision = 1;
  return rental;
}

ledger_journal sample_maker::top_up(const user_image& rider, money amount) {
  ledger_journal journal;
  journal.id = id<ledger_journal_id>();
  journal.event_type = "topup";
  journal.event_key = "topup:demo:" + journal.id.text();
  journal.occurred_at = now();
  journal.rider = rider.id;
  journal.lines = {{"1000.demo", {}, commodity::npr, amount.paisa, 0},
                   {"2000", rider.id.value, commodity::npr, 0, amount.paisa}};
  return journal;
}

ledger_journal sample_maker::charge(const rental_image& rental, money amount) {
  ledger_journal journal;
  journal.id = id<ledger_journal_id>();
  journal.event_type = "rental-charge";
  journal.event_key = "rental:" + rental.id.text() + ":charge";
  journal.occurred_at = now();
  journal.rider = rental.rider;
  journal.rental = rental.id;
  journal.lines = {{"2000", rental.rider.value, commodity::npr, amount.paisa, 0},
                   {"2050", rental.id.value, commodity::npr, 0, amount.paisa}};
  return journal;
}

record sample_maker::start(const user_image& rider, const bank_image& bank, rental_image* rental) {
  auto image = pending_rental(rider, bank);
  auto reserved = bank;
  reserved.status = bank_status::reserved;
  reserved.rental = image.id;
  command_image command;
  command.id = id<command_id>();
  command.cabinet = image.cabinet;
  command.rental = image.id;
  command.bank = bank.serial;
  command.slot = bank.slot;
  command.issued_by = "rider:" + rider.id.text();
  command.created_at = now();
  const auto journal = charge(image, image.price);
  transaction_image transaction;
  transaction.id = image.payment;
  transaction.code = "TXN" + image.payment.text().substr(14);
  transaction.rider = rider.id;
  transaction.rental = image.id;
  transaction.amount = transaction.wallet_part = image.price;
  transaction.journal = journal.id;
  transaction.created_at = now();
  auto entry = empty_record();
  entry.add(image)
      .add(rental_log_entry{image.id, 1, "rental-started", "3.4", now(), now(), R"({"price":"50.00"})"})
      .add(rental_charge{image.id, charge_kind::base, 0, image.price, R"({"minutes":60})"})
      .add(rental_payment{image.id, 0, image.payment, image.paid, false})
      .add(reserved)
      .add(command)
      .add(journal)
      .add(transaction)
      .add(stored_answer{image.started_by, rider.id, "POST /api/rentals/start", 7, 0, "", now()});
  if (rental != nullptr) *rental = image;
  return entry;
}

}  // namespace chautari::testing
