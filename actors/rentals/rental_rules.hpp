#pragma once
/// What a rental decides, as pure functions of what it knows: (facts, event) to the next facts or a refusal.
/// Formulas and checks: stations_rentals_devices 3.2, 3.4, 3.9, 3.10.

#include <caf/expected.hpp>
#include <optional>
#include <string_view>

#include "protocols/accounts/interface.hpp"
#include "protocols/journal/interface.hpp"
#include "protocols/payments/intent.hpp"
#include "protocols/pricing/late_fee.hpp"
#include "protocols/rentals/interface.hpp"
#include "protocols/stations/interface.hpp"

namespace chautari {

/// How often an ejection may be published for one rental.
inline constexpr std::int32_t publishes_max = 2;
/// The rule of an outcome that means: the bank came out for somebody else, nothing was published for this
/// rental.
inline constexpr std::string_view bank_gone_rule = "4.8-5";

// -- transitions
// ------------------------------------------------------------------------------------------

enum class rental_step : std::uint8_t {
  ejection_confirmed,
  ejection_ended,    ///< Without a bank: refuted, not moved, or dark for a day.
  ejection_unclear,  ///< 120 s without a word.
  bank_exchanged,    ///< Another bank shall come out.
  due_time_passed,
  bank_returned,
  bank_lost,       ///< It never came back (3.11), or an operator says so.
  use_forced,      ///< An operator ends it (3.12).
  use_taken_back,  ///< As if it had not been: a quick return, an operator's cancellation.
};

/// The table of 3.2; nothing for every transition it does not name.
[[nodiscard]] std::optional<rental_status> next_status(rental_status from, rental_step step);

// -- start
// ------------------------------------------------------------------------------------------

/// The checks 7 to 9 of a start: package, mode, gateway, split. A split is added up later if a discount may
/// change the price.
[[nodiscard]] std::optional<rental_refusal> refuse_wish(const start_rental& wish, const price_list& prices,
                                                        timestamp now, const payment_gateways& gateways = {});
/// The discount worth asking for; null if none is offered here now. One that would make the rental free is
/// meant so or not used (users_money 4.2).
[[nodiscard]] const station_discount* discount_offered(const price_list& prices, station_id station,
                                                       package_id package, timestamp now);
/// What is charged at the start: the price after its discount; nothing if it is paid afterwards.
[[nodiscard]] money price_at_start(const rental_package& package,
                                   const std::optional<station_discount>& discount);

/// A rental as it is stored first: PENDING_POPUP, revision 1. `package` passed refuse_wish. Postpaid: `paid`
/// is what is held in 2010, in the mix it was taken from the wallet.
struct opening {
  rental_id id;
  std::string code;
  transaction_id payment;
  timestamp now;
  lost_terms lost;
  std::optional<station_discount> discount;   ///< Claimed for this rental.
  partner_id free_for = {};                   ///< The vendor whose free ejection it is; nil: none.
  std::optional<revenue_terms> revenue = {};  ///< Who shares in its income.
};
[[nodiscard]] rental_image open_rental(const opening& birth, const start_rental& wish, const admission& rider,
                                       const price_list& prices, const bank_reservation& reserved,
                                       const payment_split& paid);

/// The n-th ejection command of the rental, still QUEUED.
[[nodiscard]] command_image ejection_of(const rental_image& rental, command_id id, std::int32_t attempt,
                                        timestamp now);

// -- ejection
// ------------------------------------------------------------------------------------------

/// What to do about an outcome that names no bank.
enum class ejection_follow_up : std::uint8_t { try_another_bank, give_back };
/// A refusal with a code of the cabinet allows another bank while publishes are left; a command that never
/// left us does not: the rider should not wait for a broker.
[[nodiscard]] ejection_follow_up follow_up(const rental_image& rental, const ejection_outcome& outcome);

/// True if the cabinet said that the bank is not there (FC), whatever the station believes.
[[nodiscard]] bool is_bank_in_doubt(const ejection_outcome& outcome);

/// The bank out with the rental, as it is stored with the confirmation.
[[nodiscard]] bank_image bank_out(bank_image bank, rental_id rental);
[[nodiscard]] caf::expected<rental_image> confirm_ejection(rental_image rental, const bank_image& out,
                                                           timestamp at);
[[nodiscard]] caf::expected<rental_image> exchange_bank(rental_image rental, const bank_image& reserved,
                                                        std::int32_t publishes);
/// How often the rental's ejections were published once this outcome counts: never more than is allowed,
/// although after a restart nobody knows of an attempt whether it was a repeat.
[[nodiscard]] std::int32_t publishes_after(const rental_image& rental, const ejection_outcome& outcome);
[[nodiscard]] caf::expected<rental_image> doubt_ejection(rental_image rental);
[[nodiscard]] caf::expected<rental_image> cancel_unejected(rental_image rental, timestamp now);

/// The bank a cancelled rental leaves behind: free where it sits, or missing if nobody knows.
[[nodiscard]] bank_image bank_after_cancel(bank_image bank, ejection_result why);
/// Free again where it sits.
[[nodiscard]] bank_image bank_freed(bank_image bank);
/// MISSING until a snapshot shows it: another bank is in the slot where it was believed to sit.
[[nodiscard]] bank_image unseated(bank_image bank);
/// The bank in the seat where its station has it now; unseated if it has none.
[[nodiscard]] bank_image seated_as(bank_image bank, const std::optional<bank_image>& here);
/// True if the database refused because another bank sits where this one is to: it was seen there before.
[[nodiscard]] bool is_seat_taken(const caf::error& why, const bank_image& seated);

// -- return
// ------------------------------------------------------------------------------------------

/// The outcome that a sighting in another cabinet stands for: it left at `at`. `command`: if this process
/// issued it.
[[nodiscard]] ejection_outcome departure_of(const rental_image& rental,
                                            const std::optional<command_image>& command, timestamp at);
/// The inbox key of a return: the same fact told twice is one row, and a repeat cannot meet a newer rental.
[[nodiscard]] std::string return_key(const imei& cabinet, std::int32_t frame_type, bank_sn bank,
                                     std::int32_t slot, std::int32_t ejections);

}  // namespace chautari
