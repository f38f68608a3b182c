#pragma once
/// The rows of one batch, table by table, before they are sent. An *image* (the whole state of a thing)
/// supersedes the older images of the same thing, so images are given newest first and the older ones are
/// skipped; *lines* are only ever added and are given in order. Each feature says in its rows.hpp what its
/// parts look like as rows.

#include <boost/functional/hash.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "persistence/base/json_rows.hpp"
#include "persistence/base/table_rows.hpp"
#include "protocols/journal/record.hpp"

namespace chautari {

struct newest_rental {
  const rental_image* image = nullptr;  ///< In the records of the batch.
  std::int64_t oldest_revision = 0;     ///< Of its images in the batch.
};

struct account_key {
  std::string code;
  boost::uuids::uuid owner{};
  commodity unit = commodity::npr;

  friend bool operator<(const account_key& a, const account_key& b) {
    return std::tie(a.code, a.owner, a.unit) < std::tie(b.code, b.owner, b.unit);
  }
};
struct account_change {
  std::int64_t change = 0;  ///< To the account's normal side.
  std::int64_t received = 0;
};

/// The rows of the hot tables go in the database's binary form; those that few people cause are JSON, which
/// anybody can read in a log.
struct batch_rows {
  // -- users
  json_rows users, sessions, refresh_tokens, otp_codes, verification_tokens;
  json_rows favourites, removed_favourites, referrals;
  // -- rentals
  table_rows new_rentals, changed_rentals, rental_log, charges, payments;
  json_rows extensions, swaps, locations, rental_issues;
  // -- pricing
  json_rows packages, late_fees, discounts, discount_uses;
  json_rows removed_packages, removed_late_fees, removed_discounts;
  json_rows partners, station_partners, vendor_ejections, removed_partners;
  table_rows revenue;
  // -- stations
  table_rows banks, cycles, slots, station_states;
  json_rows stations, status_changes, issues, amenities;
  // -- kiosks
  table_rows commands, reports, cabinet_log;
  json_rows broker_accounts, strangers;
  // -- accounts
  table_rows journals, lines, accounts, transactions;
  // -- payments
  json_rows payment_intents;
  // -- operations
  table_rows answers, outbox;
  json_rows audit_log;
  // -- operators
  json_rows operators, operator_sessions;

  /// Images already given, by kind and key; and for the guards what the newer image said.
  std::unordered_set<std::string> seen;
  std::unordered_set<std::string> places;
  /// The newest image of each rental, in the order they were given; and where it is in that list.
  std::vector<newest_rental> newest_rentals;
  std::unordered_map<rental_id, std::size_t> places_of_rentals;
  /// What the lines so far change in each account; a house account has the nil owner.
  std::map<account_key, account_change> account_changes;
  /// How many lines of the history each rental and revision has so far.
  std::unordered_map<std::string, std::int32_t> log_lines;

  /// True the first time for this kind and key: the newest image.
  [[nodiscard]] bool is_newest(char kind, const boost::uuids::uuid& id) {
    key_.assign(1, kind).append(reinterpret_cast<const char*>(id.data), sizeof id.data);
    return seen.insert(key_).second;
  }
  [[nodiscard]] bool is_newest(char kind, const boost::uuids::uuid& id, const boost::uuids::uuid& other) {
    key_.assign(1, kind).append(reinterpret_cast<const char*>(id.data), sizeof id.data);
    key_.append(reinterpret_cast<const char*>(other.data), sizeof other.data);
    return seen.insert(key_).second;
  }
  [[nodiscard]] bool is_newest(char kind, const boost::uuids::uuid& id, std::int32_t number) {
    key_.assign(1, kind).append(reinterpret_cast<const char*>(id.data), sizeof id.data);
    key_.append(std::to_string(number));
    return seen.insert(key_).second;
  }
  [[nodiscard]] bool is_newest(char kind, const std::string& text) {
    key_.assign(1, kind).append(text);
    return seen.insert(key_).second;
  }

  /// What the binary rows are made by; kept by reference. Throws database_error (`doubt`) if a table is
  /// missing.
  void take_shapes(const table_shapes& shapes);
  void clear();

private:
  std::string key_;
};

}  // namespace chautari
