#include "bench/journal/rental_starts.hpp"

#include <utility>

namespace chautari::bench {

/// SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t rental_starts::next() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

record rental_starts::start(user_id rider) {
  rental_image rental;
  rental.id = id<rental_id>();
  rental.code = id_source{nullptr, [this] { return next(); }}.make_code(8);
  rental.rider = rider;
  rental.rider_name = "rider";
  rental.station = id<station_id>();
  rental.station_serial = station_sn{"KTM-0001"};
  rental.station_name = "Thamel Chowk";
  rental.cabinet = imei{"860000000000001"};
  rental.slot = 1;
  rental.bank = id<bank_id>();
  rental.bank_serial = bank_sn{++serial_};
  rental.start_battery = 90;
  rental.package.name = "1 Hour";
  rental.price = rental.paid.wallet_cash = {5000};
  rental.payment = id<transaction_id>();
  rental.created_at = now();
  rental.started_by = id<command_id>();
  rental.revision = 1;
  bank_image bank{rental.bank, rental.bank_serial, bank_status::reserved, 90, 0, 0, 0, rental.station,
                  1,           rental.id};
  command_image command;
  command.id = id<command_id>();
  command.cabinet = rental.cabinet;
  command.rental = rental.id;
  command.bank = bank.serial;
  command.issued_by = "rider";
  command.created_at = now();
  started_.emplace_back(rental, bank);
  ledger_journal journal{
      id<ledger_journal_id>(),
      "rental-charge",
      "rental:" + rental.id.text() + ":charge",
      now(),
      rider,
      rental.id,
      "",
      {{"2000", rider.value, commodity::npr, 5000, 0}, {"2050", rental.id.value, commodity::npr, 0, 5000}}};
  transaction_image transaction;
  transaction.id = rental.payment;
  transaction.code = "TXN" + rental.payment.text();
  transaction.rider = rider;
  transaction.rental = rental.id;
  transaction.amount = transaction.wallet_part = rental.price;
  transaction.journal = journal.id;
  transaction.created_at = now();
  record entry{id<record_id>(), now(), {}};
  entry.add(rental)
      .add(rental_log_entry{rental.id, 1, "rental-started", "3.4", now(), now(), "{}"})
      .add(rental_charge{rental.id, charge_kind::base, 0, rental.price, "{}"})
      .add(rental_payment{rental.id, 0, rental.payment, rental.paid, false})
      .add(bank)
      .add(command)
      .add(std::move(journal))
      .add(transaction)
      .add(stored_answer{rental.started_by, rider, "POST /api/rentals/start", 7, 0, "", now()});
  return entry;
}

std::vector<record> rental_starts::next_batch(std::size_t size) {
  std::vector<record> batch;
  for (std::size_t at = 0; at < size; ++at) {
    user_image rider;
    rider.id = id<user_id>();
    rider.username = rider.id.text();
    rider.email = rider.username + "@example.test";
    rider.referral_code = rider.username;
    rider.created_at = rider.last_login_at = now();
    const auto topup = id<ledger_journal_id>();
    ledger_journal journal{
        topup,
        "topup",
        "topup:demo:" + topup.text(),
        now(),
        rider.id,
        {},
        "",
        {{"1000.demo", {}, commodity::npr, 5000, 0}, {"2000", rider.id.value, commodity::npr, 0, 5000}}};
    riders_.push_back(record{id<record_id>(), now(), {}}.add(rider).add(std::move(journal)));
    batch.push_back(start(rider.id));
  }
  return batch;
}

std::vector<record> rental_starts::riders() { return std::exchange(riders_, {}); }

std::vector<record> rental_starts::next_changes(std::size_t size) {
  std::vector<record> batch;
  for (std::size_t at = 0; at < size; ++at) {
    auto& [rental, bank] = started_[next_change_++ % started_.size()];
    rental.status = rental_status::active;
    rental.started_at = now();
    rental.due_at = now() + hours{1};
    ++rental.revision;
    bank.status = bank_status::rented;
    bank.station = {};
    batch.push_back(record{id<record_id>(), now(), {}}.add(rental).add(bank).add(
        rental_log_entry{rental.id, rental.revision, "rental-activated", "3.6", now(), now(), "{}"}));
  }
  return batch;
}

std::vector<record> rental_starts::next_reports(std::size_t size) {
  std::vector<record> batch;
  for (std::size_t at = 0; at < size; ++at) {
    cabinet_report report;
    report.id = id<report_id>();
    report.cabinet = imei{"860000000000001"};
    report.received_at = now();
    report.frame_type = 0x7A;
    report.raw.assign(24, 0xA8);
    batch.push_back(record{id<record_id>(), now(), {}}.add(std::move(report)));
  }
  return batch;
}

}  // namespace chautari::bench
