#pragma once
/// The real accounts, rentals and timers around one pretended station and its pretended cabinet.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>

#include "actors/accounts/accounts_directory.hpp"
#include "actors/accounts/ledger_postings.hpp"
#include "actors/rentals/rentals_directory.hpp"
#include "actors/timers/timers_actor.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/rentals/bill.hpp"
#include "tests/support/deterministic_system.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/memory_reader.hpp"

namespace chautari::testing {

/// What the pretended neighbours were told, and how they answer.
struct neighbours {
  station_image station;
  std::vector<bank_image> banks;  ///< Seated.
  std::optional<station_refusal> station_refuses;
  std::vector<eject_bank> ejections;
  std::vector<release_bank> releases;
  std::vector<bank_left> departures;
  std::vector<seat_bank> seats;
  std::vector<bank_escaped> escapes;
  std::vector<return_call> calls;
  std::vector<rental_event> rental_events;
  std::vector<wallet_event> wallet_events;
  std::vector<payment_event> payment_events;
  std::vector<operator_event> operator_events;
  kiosk_view kiosk;                          ///< What the cabinet's kiosk says of itself.
  std::optional<station_discount> discount;  ///< What PRICES has left.
  std::optional<price_refusal> prices_refuse;
  std::vector<claim_discount> claims;
  std::vector<discount_settled> settled_discounts;

  bank_image* find(bank_sn serial) {
    const auto found =
        std::find_if(banks.begin(), banks.end(), [&](const auto& b) { return b.serial == serial; });
    return found == banks.end() ? nullptr : &*found;
  }
};
using shared_neighbours = std::shared_ptr<neighbours>;

inline caf::result<bank_reservation> reserve_at(neighbours& all, const reserve_bank& wish) {
  if (all.station_refuses) return caf::make_error(*all.station_refuses);
  bank_reservation promised{all.station.id, all.station.serial, all.station.name, all.station.cabinet, {}};
  if (wish.look_only) return promised;
  bank_image* best = nullptr;
  for (auto& bank : all.banks) {
    const bool fits = bank.status == bank_status::available && (!wish.wanted || *wish.wanted == bank.serial);
    if (fits && (best == nullptr || bank.battery > best->battery)) best = &bank;
  }
  if (best == nullptr) return caf::make_error(station_refusal::no_power_bank_available);
  best->status = bank_status::reserved;
  best->rental = wish.rental;
  promised.bank = *best;
  return promised;
}

inline stations_actor::behavior_type pretended_station(stations_actor::pointer, shared_neighbours all) {
  return {[all](const reserve_bank& wish) { return reserve_at(*all, wish); },
          [all](const release_bank& word) {
            all->releases.push_back(word);
            auto* bank = all->find(word.bank);
            if (bank == nullptr || !(bank->rental == word.rental)) return;
            bank->status = bank_status::available;
            bank->rental = {};
          },
          [all](const bank_left& word) {
            all->departures.push_back(word);
            std::erase_if(all->banks, [&](const auto& bank) { return bank.serial == word.bank; });
            if (auto* planned = all->find(word.reserved)) planned->status = bank_status::available;
          },
          [all](const seat_bank& word) {
            all->seats.push_back(word);
            std::erase_if(all->banks, [&](const auto& bank) { return bank.serial == word.bank.serial; });
            all->banks.push_back(word.bank);
          },
          [](const bank_seen_elsewhere&) {},
          [](const observe_snapshot&) { return snapshot_applied{}; },
          [](const adopt_bank&) { return bank_adopted{}; },
          [](const prepare_slot&) {},
          [all](const bank_escaped& word) { all->escapes.push_back(word); },
          [all](const look_at_bank& question) {
            const auto* bank = all->find(question.bank);
            return bank == nullptr ? seated_bank{} : seated_bank{*bank};
          },
          [](const connectivity_changed&) {},
          [](const look_at_station&) { return station_view{}; },
          [](const timer_fired&) {}};
}

inline kiosks_actor::behavior_type pretended_kiosk(kiosks_actor::pointer, shared_neighbours all) {
  return {[](const cabinet_frame&) {},
          [all](const return_call& call) { all->calls.push_back(call); },
          [](const broker_session&) {},
          [](const line_changed&) {},
          [all](const eject_bank& word) { all->ejections.push_back(word); },
          [](const request_snapshot&) {},
          [all](const look_at_kiosk&) { return all->kiosk; },
          [](const operator_command&) { return command_answer{}; },
          [](const register_cabinet&) {},
          [](const retire_cabinet&) {},
          [](const timer_fired&) {}};
}

inline prices_actor::behavior_type pretended_prices(prices_actor::pointer, shared_neighbours all) {
  return {[](const change_price&) { return price_changed{}; },
          [](const look_at_prices&) { return price_snapshot{}; },
          [all](const claim_discount& claim) -> caf::result<discount_claim> {
            all->claims.push_back(claim);
            if (all->prices_refuse) return caf::make_error(*all->prices_refuse);
            return discount_claim{all->discount};
          },
          [all](const discount_settled& word) { all->settled_discounts.push_back(word); }};
}

inline door_actor::behavior_type pretended_door(door_actor::pointer, shared_neighbours all) {
  return {[](const station_view&) {},
          [all](const rental_event& event) { all->rental_events.push_back(event); },
          [all](const wallet_event& event) { all->wallet_events.push_back(event); },
          [](const session_revoked&) {},
          [](const stations_announced&) {},
          [all](const operator_event& event) { all->operator_events.push_back(event); },
          [](const command_news&) {},
          [](const operator_changed&) {},
          [](const prices_announced&) {},
          [all](const payment_event& event) { all->payment_events.push_back(event); }};
}

class rental_world {
public:
  explicit rental_world(std::uint64_t seed = 1, std::size_t accounts_awake_max = 100)
      : system{seed}, store{std::make_shared<memory_store>()}, all{std::make_shared<neighbours>()} {
    all->station.id = system.ids().make<station_id>();
    all->station.serial = {"ST-1"};
    all->station.name = "Patan";
    all->station.cabinet = {"860000000000001"};
    for (std::uint32_t n = 0; n < 4; ++n)
      add_bank(40000001 + n, static_cast<std::int32_t>(90 - n), static_cast<std::int32_t>(n + 1));
    package = {system.ids().make<package_id>(), "1 hour", "", 60, {50'00}};
    prices.prices.packages.push_back(package);
    prices.prices.active_late_fee = late_fee_terms{};
    prices.prices.active_late_fee->grace_minutes = 2;
    prices.prices.active_late_fee->daily_cap = money{100'00};
    connect(accounts_awake_max);
  }

  void connect(std::size_t accounts_awake_max = 100) {
    accounts = system.spawn(accounts_directory, accounts_setup{{}, accounts_awake_max});
    rentals = system.spawn(rentals_directory, rentals_setup{});
    net.timers = system.spawn(timers, system.clock());
    net.journal = system.spawn(memory_journal, store);
    net.reader = system.spawn(memory_reader, store);
    net.accounts = accounts;
    net.rentals = rentals;
    net.stations = system.spawn(pretended_station, all);
    net.kiosks = system.spawn(pretended_kiosk, all);
    net.prices = system.spawn(pretended_prices, all);
    net.announce_to = {system.spawn(pretended_door, all)};
    net.now = system.clock();
    net.ids = system.ids();
    system.ask<nothing>(accounts, meet_network{net});
    system.ask<nothing>(rentals, meet_network{net});
    system.ask<nothing>(rentals, prices);
    system.run();
  }

  /// Everything in memory is gone; only what was stored comes back.
  void restart() {
    system.kill(accounts);
    system.kill(rentals);
    connect();
    const auto past = store->recover();
    system.ask<nothing>(rentals, adopt_rentals{past.open_rentals, past.rented_banks});
    system.run();
  }

  bank_image& add_bank(std::uint32_t serial, std::int32_t battery, std::int32_t slot) {
    bank_image bank;
    bank.id = system.ids().make<bank_id>();
    bank.serial = {serial};
    bank.battery = battery;
    bank.station = all->station.id;
    bank.slot = slot;
    store_parts(bank);
    all->banks.push_back(bank);
    return all->banks.back();
  }

  template <class... Parts>
  void store_parts(Parts... parts) {
    record entry{system.ids().make<record_id>(), system.now(), {}};
    (entry.add(parts), ...);
    ASSERT_FALSE(store->store(entry)) << store->last_conflict;
  }

  user_id add_rider(money cash, point_count points = 0) {
    user_image rider;
    rider.id = system.ids().make<user_id>();
    rider.username = "rider_" + system.ids().make_code(8);
    rider.referral_code = system.ids().make_code(8);
    store_parts(rider);
    const auto post = [&] {
      return posting{system.ids().make<ledger_journal_id>(), rider.id, {}, system.now()};
    };
    if (cash > money{}) store_parts(topup_journal(post(), "demo", rider.id.text(), cash));
    if (points > 0) store_parts(points_award_journal(post(), points_source::signup, points));
    return rider.id;
  }

  start_rental wish(user_id rider) {
    start_rental one;
    one.id = system.ids().make<command_id>();
    one.body_hash = 7;
    one.rider = rider;
    one.station = all->station.serial;
    one.package = package.id;
    return one;
  }

  auto ask_start(const start_rental& wish) { return system.ask<start_answer>(rentals, wish); }

  ejection_outcome outcome(const eject_bank& sent, ejection_result result) {
    ejection_outcome one;
    one.rental = sent.command.rental;
    one.command = sent.command;
    one.command.sent_at = system.now();
    one.command.state =
        result == ejection_result::confirmed ? command_state::confirmed : command_state::failed;
    one.result = result;
    one.bank = result == ejection_result::confirmed ? sent.command.bank : bank_sn{};
    one.at = system.now();
    one.rule = "4.8-4";
    if (result == ejection_result::not_moved) one.command.reply_code = 0xFC;
    return one;
  }

  bank_seen sighting(bank_sn bank, sighting_kind kind = sighting_kind::return_report, std::int32_t slot = 9) {
    bank_seen seen;
    seen.bank = bank;
    seen.station = all->station.id;
    seen.station_serial = all->station.serial;
    seen.station_name = all->station.name;
    seen.cabinet = all->station.cabinet;
    seen.slot = slot;
    seen.battery = 40;
    seen.kind = kind;
    seen.received_at = seen.returned_at = system.now();
    seen.report = cabinet_report{};
    seen.report->id = system.ids().make<report_id>();
    seen.report->cabinet = seen.cabinet;
    seen.report->frame_type = kind == sighting_kind::return_report ? 0x40 : 0x28;
    return seen;
  }

  /// A rental that is ACTIVE; its bank is out.
  rental_image rent(user_id rider) {
    const auto answer = ask_start(wish(rider));
    system.run();
    EXPECT_FALSE(all->ejections.empty());
    const auto noted =
        system.ask<outcome_noted>(rentals, outcome(all->ejections.back(), ejection_result::confirmed));
    system.run();
    EXPECT_TRUE(noted->answer.has_value());
    EXPECT_TRUE(answer->answer.has_value());
    return answer->answer ? answer->answer->rental : rental_image{};
  }

  // -- a rental that runs
  rental_command by(user_id rider, rental_id rental) {
    return {system.ids().make<command_id>(), 7, rider, rental};
  }
  template <class Wish>
  std::shared_ptr<asked<rental_answer>> command(const Wish& wish) {
    return system.ask<rental_answer>(rentals, wish);
  }
  /// Done and answered; fails the test if it is refused.
  template <class Wish>
  boost::json::object obey(const Wish& wish) {
    const auto answer = command(wish);
    system.run();
    EXPECT_TRUE(answer->answer.has_value()) << caf::to_string(answer->error.value_or(caf::error{}));
    if (!answer->answer) return {};
    return boost::json::parse(answer->answer->data).as_object();
  }
  /// Refused; nothing if it was done.
  template <class Wish>
  std::optional<rental_refusal> refusal(const Wish& wish) {
    const auto answer = command(wish);
    system.run();
    if (!answer->error) return {};
    return reason_of<rental_refusal>(*answer->error);
  }
  std::ptrdiff_t heard(const std::string& name) const {
    return std::count_if(all->rental_events.begin(), all->rental_events.end(),
                         [&](const auto& event) { return event.name == name; });
  }

  sighting_answer bring_back(const bank_seen& seen) {
    const auto answer = system.ask<bank_seen_answer>(rentals, seen);
    system.run();
    EXPECT_TRUE(answer->answer.has_value());
    return answer->answer ? answer->answer->answer : sighting_answer::not_rented;
  }

  wallet_view wallet(user_id rider) {
    const auto answer = system.ask<wallet_view>(accounts, look_at_wallet{rider});
    system.run();
    EXPECT_TRUE(answer->answer.has_value());
    return answer->answer.value_or(wallet_view{});
  }

  /// Its actor dies of an error; nothing else does.
  void kill_rental(rental_id id) {
    auto* directory = static_cast<rentals_directory_actor::stateful_pointer<rentals_state>>(
        caf::actor_cast<caf::abstract_actor*>(rentals));
    system.kill(directory->state.by_id.at(id).rental);
  }

  const rental_image& stored(rental_id id) { return store->rentals.at(id); }

  /// What must be true whenever nothing is under way.
  void audit(user_id rider) {
    const auto view = wallet(rider);
    EXPECT_EQ(view.cash.paisa, store->balance("2000", rider.value)) << "memory and ledger agree on cash";
    EXPECT_EQ(view.current_points, store->balance("P200", rider.value, commodity::pts));
    EXPECT_EQ(view.held.paisa, store->balance("2010", rider.value)) << "every hold is captured or released";
    for (const auto& [id, rental] : store->rentals)
      if (rental.rider == rider) {
        audit_bill(rental);
        EXPECT_EQ(store->share_problem(rental), "") << rental.code;
      }
    EXPECT_EQ(store->conflicts, 0U) << store->last_conflict;
  }

  /// What is charged, paid and owed: the rental's own figures are the sums of its rows.
  void audit_bill(const rental_image& rental) {
    money charged, paid, breakage;
    for (const auto& [key, row] : store->charges)
      if (std::get<0>(key) == rental.id) charged += row.amount;
    for (const auto& [key, row] : store->payments) {
      if (!(key.first == rental.id)) continue;
      paid += row.split.total();
      if (row.split.points_used != 0) breakage += money{paisa_per_point - 1};
    }
    const auto bill = bill_of(rental);
    // Points may overpay by less than one point a payment.
    EXPECT_GE(paid, bill.paid) << rental.code;
    EXPECT_LE(paid, bill.paid + breakage) << rental.code;
    if (is_open(rental.status)) return;
    EXPECT_EQ(charged, bill.charged()) << rental.code;
    EXPECT_EQ(rental.due, bill.due()) << rental.code;
    EXPECT_EQ(store->balance("2050", rental.id.value), 0) << "earned or given back";
    EXPECT_EQ(rental.life.held, money{});
  }

  deterministic_system system;
  std::shared_ptr<memory_store> store;
  shared_neighbours all;
  network net;
  adopt_prices prices;
  rental_package package;
  accounts_directory_actor accounts;
  rentals_directory_actor rentals;
};

}  // namespace chautari::testing
