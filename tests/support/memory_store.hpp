#pragma once
/// A database of maps with the guards of the real one: what it would refuse, this refuses. Shared by
/// memory_journal (writes), memory_reader (reads) and whoever audits.

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "protocols/journal/reader.hpp"
#include "protocols/journal/record.hpp"
#include "protocols/journal/recovery.hpp"

namespace chautari::testing {

/// Whose money, in which account, in which unit.
struct ledger_key {
  std::string code;
  boost::uuids::uuid owner{};
  commodity unit = commodity::npr;

  friend bool operator<(const ledger_key& a, const ledger_key& b) {
    return std::tie(a.code, a.owner, a.unit) < std::tie(b.code, b.owner, b.unit);
  }
};

class memory_store {
public:
  // -- everything stored, in the open for auditors
  std::set<record_id> records;
  std::map<rental_id, rental_image> rentals;
  std::vector<rental_log_entry> rental_log;
  std::map<std::tuple<rental_id, charge_kind, std::int32_t>, rental_charge> charges;
  std::map<std::pair<rental_id, std::int32_t>, rental_payment> payments;
  std::map<bank_id, bank_image> banks;
  std::vector<bank_cycle> cycles;
  std::map<std::pair<station_id, std::int32_t>, slot_image> slots;
  std::map<station_id, station_state_image> station_states;
  std::vector<station_status_change> status_changes;
  std::map<command_id, command_image> commands;
  std::map<report_id, cabinet_report> reports;
  std::set<std::string> dedupe_keys;
  std::vector<cabinet_log_entry> cabinet_log;
  std::map<std::string, ledger_journal> journals;  ///< By event key.
  std::map<transaction_id, transaction_image> transactions;
  std::map<user_id, user_image> users;
  std::map<session_id, session_image> sessions;
  std::map<token_id, refresh_token_image> refresh_tokens;
  std::map<std::string, otp_image> otps;
  std::map<std::string, verification_token_image> verification_tokens;
  std::map<std::pair<user_id, station_id>, favourite_image> favourites;
  std::map<command_id, stored_answer> answers;
  std::map<report_id, outbox_message> outbox;
  std::map<operator_id, operator_image> operators;
  std::map<session_id, operator_session_image> operator_sessions;
  std::vector<audit_entry> audit_log;
  std::map<issue_id, station_issue_image> issues;
  std::map<amenity_id, amenity_image> amenities;
  std::map<referral_id, referral_image> referrals;
  std::map<ledger_key, std::int64_t> balances;  ///< Credit less debit.
  std::map<station_id, station_image> stations;
  price_list prices;  ///< Of the late fees, the active one also stands alone.
  std::map<std::pair<discount_id, rental_id>, discount_use> discount_uses;
  std::map<std::string, revenue_distribution> distributions;  ///< By event key.
  std::map<rental_id, vendor_ejection> vendor_ejections;
  std::map<extension_id, rental_extension> extensions;
  std::map<std::pair<rental_id, std::int32_t>, rental_swap> swaps;
  std::vector<rental_location> locations;
  std::map<issue_id, rental_issue_image> rental_issues;
  std::map<imei, broker_account_image> broker_accounts;
  std::map<imei, stranger_image> strangers;
  std::map<intent_id, payment_intent> intents;

  // -- how it behaves
  std::optional<journal_refusal> journal_refuses;  ///< Everything, until reset.
  std::optional<reader_refusal> reader_refuses;
  bool are_slots_checked_row_by_row = false;          ///< As PostgreSQL does it, instead of once per record.
  std::size_t conflicts = 0;                          ///< Records a guard refused: zero in a right system.
  std::string last_conflict;                          ///< Which guard, for the test's message.
  std::function<void(const record&)> after_each;      ///< Called after a record was stored.
  std::function<bool(const record&)> is_unreachable;  ///< Refuse just these as unavailable.

  /// All of it or nothing; nothing new if the record is known.
  std::optional<journal_refusal> store(const record& entry);

  // -- questions of tests
  [[nodiscard]] const bank_image* find_bank(bank_sn serial) const;
  [[nodiscard]] std::int64_t balance(const std::string& code, boost::uuids::uuid owner = {},
                                     commodity unit = commodity::npr) const;
  /// What a server that starts now would read.
  [[nodiscard]] network_image recover() const;
  /// Where this rental's bill is not the sum of its charges and payments; empty if it is.
  [[nodiscard]] std::string bill_problem(const rental_image& rental) const;
  /// Where partners' shares of this rental's income are not what its own book and the ledger say.
  [[nodiscard]] std::string share_problem(const rental_image& rental) const;
  [[nodiscard]] bool has_logged(std::string_view cabinet_log_kind) const;

private:
  friend struct memory_transaction;
  std::map<user_id, std::set<rental_id>> open_of_rider_;
  std::map<bank_id, std::set<rental_id>> open_of_bank_;
  std::map<std::pair<station_id, std::int32_t>, std::set<bank_id>> banks_of_slot_;
  std::map<bank_sn, std::set<bank_id>> banks_of_serial_;
};

}  // namespace chautari::testing
