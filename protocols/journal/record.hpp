#pragma once
/// The journal's words. A *record* is one indivisible fact: whatever it carries is stored in one transaction
/// or not at all, and storing it twice is storing it once (its id is unique). Its parts are images: the whole
/// new state of one thing, or one line that is only ever added. Images of the same thing in one batch
/// overwrite each other in order.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocols/accounts/ledger.hpp"
#include "protocols/kiosks/registry.hpp"
#include "protocols/operations/audit.hpp"
#include "protocols/operators/images.hpp"
#include "protocols/payments/intent.hpp"
#include "protocols/pricing/messages.hpp"
#include "protocols/rentals/images.hpp"
#include "protocols/stations/images.hpp"
#include "protocols/stations/issues.hpp"
#include "protocols/users/images.hpp"
#include "protocols/users/referral.hpp"

namespace chautari {

/// The outcome of a command with an Idempotency-Key, kept 24 h and replayed to whoever asks again.
struct stored_answer {
  command_id id;  ///< Derived from caller, route and key.
  user_id owner;
  std::string route;  ///< "POST /api/rentals/start"
  std::uint64_t
      body_hash;   ///< Of the body's bytes; another body under the same key is 409 `idempotency_key_reused`.
  int status = 0;  ///< HTTP status; 0 while the outcome is still open.
  std::string data;  ///< JSON of the answer's `data` (status < 400) or of its `error` object.
  timestamp created_at;
};

/// A message for a person, written with the change that causes it; the outbox hands it to its provider later,
/// at least once.
struct outbox_message {
  report_id id;
  std::string channel;      ///< "sms" or "mail"
  std::string recipient;    ///< E.164 number or e-mail address.
  std::string template_id;  ///< "otp", "welcome"
  std::string variables;    ///< JSON object of the template's variables.
  timestamp created_at;
  timestamp expires_at;  ///< Not sent after this.
};

using record_part =
    std::variant<rental_image, rental_log_entry, rental_charge, rental_payment, bank_image, bank_cycle,
                 slot_image, station_state_image, station_status_change, command_image, cabinet_report,
                 cabinet_log_entry, ledger_journal, transaction_image, user_image, session_image,
                 refresh_token_image, otp_image, verification_token_image, favourite_image, stored_answer,
                 outbox_message, operator_image, operator_session_image, audit_entry, station_image,
                 station_issue_image, amenity_image, referral_image, rental_extension, rental_swap,
                 rental_location, rental_issue_image, rental_package, late_fee_configuration,
                 station_discount, discount_use, broker_account_image, stranger_image, price_row_removed,
                 business_partner, station_partner, revenue_distribution, vendor_ejection, payment_intent>;

struct record {
  record_id id;
  timestamp at;
  std::vector<record_part> parts;

  template <class Part>
  record& add(Part part) {
    parts.emplace_back(std::move(part));
    return *this;
  }
};

/// The journal's promise: the record is on disk.
struct stored {
  record_id id;
};

enum class journal_refusal : std::uint8_t {
  unavailable = 1,  ///< The database cannot be reached; the record is certainly not stored. Try later.
  overloaded,       ///< The backlog is full; certainly not stored.
  conflict,  ///< A guard of the database refused it (unique index, CHECK, foreign key): a rule upstream is
             ///< wrong.
};
std::string to_string(journal_refusal why);

}  // namespace chautari
