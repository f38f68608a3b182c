#pragma once
/// Questions to the database. Never on the path of a decision that memory can make.

#include <caf/all.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/accounts/messages.hpp"
#include "protocols/kiosks/questions.hpp"
#include "protocols/kiosks/registry.hpp"
#include "protocols/livemap/questions.hpp"
#include "protocols/operations/questions.hpp"
#include "protocols/operators/recovery.hpp"
#include "protocols/payments/messages.hpp"
#include "protocols/pricing/interface.hpp"
#include "protocols/pricing/revenue_report.hpp"
#include "protocols/rentals/figures.hpp"
#include "protocols/rentals/questions.hpp"
#include "protocols/stations/images.hpp"
#include "protocols/stations/questions.hpp"
#include "protocols/users/images.hpp"

namespace chautari {

struct load_account {
  user_id rider;
  timestamp now;
};

struct load_bank {
  bank_sn serial;
};
struct bank_lookup {
  std::optional<bank_image> bank;
};

struct load_rental {
  rental_id rental;
  user_id rider;  ///< Only this rider's; nil: anybody's.
};
struct rental_lookup {
  std::optional<rental_image> rental;
};

/// A rider's rentals, newest first. `page` > 0 pages by number, else by cursor.
struct list_rentals {
  user_id rider;
  std::optional<rental_status> status;
  std::string payment_status;  ///< "", "PENDING", "PAID", "REFUNDED"
  std::optional<timestamp> from;
  std::optional<timestamp> until;  ///< Exclusive.
  std::optional<station_id> station;
  std::string cursor;
  std::int32_t page = 0;
  std::int32_t limit = 20;
};
struct rental_page {
  std::vector<rental_image> rentals;
  std::string next_cursor;  ///< Empty at the end.
  std::int64_t total = -1;  ///< Counted only when paging by number.
};

struct list_transactions {
  user_id rider;
  std::optional<transaction_kind> kind;
  std::optional<transaction_status> status;
  std::optional<timestamp> from;
  std::optional<timestamp> until;
  std::string cursor;
  std::int32_t page = 0;
  std::int32_t limit = 20;
};
struct transaction_row {
  transaction_image image;
  std::string rental_code;  ///< Empty if none.
};
struct transaction_page {
  std::vector<transaction_row> transactions;
  std::string next_cursor;
  std::int64_t total = -1;
};

/// Everything stored about somebody who signs in with this normalised identifier.
struct load_sign_in {
  std::string identifier;
  timestamp now;
};
struct sign_in_facts {
  std::optional<user_image> user;
  std::optional<otp_image> otp;
  std::vector<verification_token_image> tokens;  ///< Live ones.
};

struct load_session {
  session_id session;
  std::string token_hash;  ///< Of the refresh token that was presented; empty if none was.
};
struct session_facts {
  std::optional<session_image> session;
  std::optional<user_image> user;
  /// The presented one, if it is the session's, and those not used yet; newest first.
  std::vector<refresh_token_image> tokens;
};

/// All sessions of a user that are not revoked and began after `created_after`: older ones have outlived
/// themselves.
struct load_sessions_of {
  user_id user;
  timestamp created_after;
};
struct session_list {
  std::vector<session_image> sessions;
};

struct is_username_free {
  std::string username;
};
struct username_answer {
  bool is_free = false;
};

/// One operator, by id or else by normalised address, or every one of them; and their sessions that are
/// neither over nor revoked. Answered with `recovered_operators`, empty if there is none.
struct load_operators {
  operator_id id;
  std::string email;
  bool everyone = false;
  timestamp now;
};

/// The active user whose referral code this is; nil: nobody's.
struct find_referrer {
  std::string code;
};
struct referrer_answer {
  user_id who;
};

struct find_stored_answer {
  command_id id;
};
struct stored_answer_lookup {
  std::optional<stored_answer> answer;
};

enum class reader_refusal : std::uint8_t {
  unavailable = 1,  ///< The database cannot be reached. Try later.
  overloaded,       ///< Too many questions wait already.
  not_found,
};
std::string to_string(reader_refusal why);

/// The READERS: a pool of connections that only read.
using reader_actor = caf::typed_actor<
    caf::replies_to<load_account>::with<account_facts>, caf::replies_to<load_bank>::with<bank_lookup>,
    caf::replies_to<load_rental>::with<rental_lookup>, caf::replies_to<list_rentals>::with<rental_page>,
    caf::replies_to<list_transactions>::with<transaction_page>,
    caf::replies_to<load_sign_in>::with<sign_in_facts>, caf::replies_to<load_session>::with<session_facts>,
    caf::replies_to<load_sessions_of>::with<session_list>,
    caf::replies_to<is_username_free>::with<username_answer>,
    caf::replies_to<find_referrer>::with<referrer_answer>,
    caf::replies_to<list_audit_log>::with<audit_log_page>,
    caf::replies_to<search_rentals>::with<rental_table>,
    caf::replies_to<load_rental_story>::with<rental_story>,
    caf::replies_to<load_explanation>::with<rental_explanation>,
    caf::replies_to<load_cabinet_explanation>::with<cabinet_explanation>,
    caf::replies_to<load_rental_stats>::with<rental_stats>,
    caf::replies_to<load_rental_figures>::with<rental_figures>,
    caf::replies_to<list_rental_issues>::with<rental_issue_page>,
    caf::replies_to<count_rider_habits>::with<rider_habits>,
    caf::replies_to<count_free_ejections>::with<row_count>, caf::replies_to<list_revenue>::with<revenue_page>,
    caf::replies_to<count_price_uses>::with<price_uses>, caf::replies_to<list_strangers>::with<stranger_page>,
    caf::replies_to<load_registry_entry>::with<registry_entry>,
    caf::replies_to<load_operators>::with<recovered_operators>,
    caf::replies_to<count_open_rentals_at>::with<row_count>,
    caf::replies_to<count_amenity_uses>::with<row_count>, caf::replies_to<load_issue>::with<issue_lookup>,
    caf::replies_to<find_open_report>::with<issue_lookup>, caf::replies_to<list_issues>::with<issue_page>,
    caf::replies_to<list_banks>::with<bank_page>, caf::replies_to<show_bank>::with<bank_story>,
    caf::replies_to<list_bank_rentals>::with<bank_rentals>,
    caf::replies_to<look_at_fleet>::with<fleet_figures>,
    caf::replies_to<look_for_command>::with<command_precedent>,
    caf::replies_to<load_command>::with<command_lookup>, caf::replies_to<list_commands>::with<command_page>,
    caf::replies_to<list_cabinet_reports>::with<cabinet_report_page>,
    caf::replies_to<load_kiosk>::with<kiosk_past>, caf::replies_to<count_banks>::with<bank_census>,
    caf::replies_to<load_issue_marks>::with<issue_marks>,
    caf::replies_to<load_overview>::with<station_overview>,
    caf::replies_to<load_map_points>::with<map_points>, caf::replies_to<load_intent>::with<intent_lookup>,
    caf::replies_to<list_intents>::with<intent_page>,
    caf::replies_to<find_stored_answer>::with<stored_answer_lookup>>;

}  // namespace chautari

CAF_ERROR_CODE_ENUM(chautari::reader_refusal, "reader")

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_account)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::account_facts)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_bank)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_lookup)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_rental)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_lookup)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::list_rentals)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_page)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::list_transactions)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::transaction_page)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_sign_in)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::sign_in_facts)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_session)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::session_facts)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_sessions_of)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::session_list)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::is_username_free)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::username_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::find_referrer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::referrer_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_operators)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::recovered_operators)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::find_stored_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::stored_answer_lookup)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_intent)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::intent_lookup)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::list_intents)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::intent_page)
