#pragma once
/// Double entry in integer minor units: NPR in paisa, PTS in points. A journal balances per commodity; lines
/// never change. Chart of accounts: 2000 wallet cash, 2001 wallet goodwill, 2010 held, 2050 deferred rental
/// income (owner: rental), 1000.x gateway clearing, 1200 receivable, 2300 VAT, 2400 points liability, 4000..
/// income, 2200 partner payable (owner: partner), 5100 partner share, 5200.x points cost, 5300 goodwill;
/// P100.x points issued, P200 rider's points, P300 redeemed.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/ids.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

enum class commodity : std::uint8_t { npr, pts };

/// A line: exactly one of debit and credit is above zero.
struct ledger_line {
  std::string code;            ///< "2000", "5200.signup", "P200"
  boost::uuids::uuid owner{};  ///< The rider or the rental; nil for the house's own accounts.
  commodity unit = commodity::npr;
  std::int64_t debit = 0;
  std::int64_t credit = 0;
};

struct ledger_journal {
  ledger_journal_id id;
  std::string event_type;  ///< "rental-charge", "rental-earn", ...
  std::string event_key;   ///< Unique for ever: "rental:<id>:charge". The same event cannot be posted twice.
  timestamp occurred_at;
  user_id rider;     ///< Nil if none.
  rental_id rental;  ///< Nil if none.
  std::string memo;
  std::vector<ledger_line> lines;
};

enum class transaction_kind : std::uint8_t {
  topup,
  rental,
  rental_due,
  refund,
  adjustment,
  extension,
  late_fee,
  fine
};
enum class transaction_status : std::uint8_t { pending, success, failed, refunded };
enum class payment_method : std::uint8_t { wallet, points, combination, gateway };
std::string to_string(transaction_kind kind);
std::string to_string(transaction_status status);
std::string to_string(payment_method method);
std::optional<transaction_kind> parse_transaction_kind(std::string_view text);
std::optional<transaction_status> parse_transaction_status(std::string_view text);
std::optional<payment_method> parse_payment_method(std::string_view text);

/// What the rider sees of a movement of money: a projection of journals. amount = wallet +
/// value_of(points_used) (or less than one point below it).
struct transaction_image {
  transaction_id id;
  std::string code;  ///< "TXN..." unique, for people.
  user_id rider;
  rental_id rental;  ///< Nil if none.
  transaction_kind kind = transaction_kind::rental;
  transaction_status status = transaction_status::success;
  payment_method method = payment_method::wallet;
  money amount;
  money wallet_part;
  point_count points_used = 0;
  ledger_journal_id journal;
  timestamp created_at;
};

}  // namespace chautari
