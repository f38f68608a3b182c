#pragma once
/// A virtual rider: signs in with the code from the spool, finds a station, rents, rides, brings the bank
/// back, and keeps books of his own.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "bench/city/cabinet.hpp"
#include "bench/city/spool.hpp"
#include "bench/city/web_client.hpp"
#include "bench/city/world.hpp"

namespace city {

struct city_map {
  std::vector<std::unique_ptr<cabinet>> cabinets;
  [[nodiscard]] cabinet* find(const std::string& serial) const;
};

class rider {
public:
  rider(world& around, city_map& map, spool& mailbox, std::uint64_t number);

  /// His whole life: until the world is over and nothing is left in his hands.
  task<void> live();
  /// After the end: what he was charged is what he had out. Adds a violation if not.
  task<void> compare_books();
  [[nodiscard]] bool is_at_rest() const { return is_at_rest_; }

private:
  task<bool> sign_in();
  task<bool> refresh();
  task<web_answer> send(web_request request);
  /// Once; with an Idempotency-Key it is noted in the history.
  task<web_answer> ask(web_request request);
  /// With a history: some of what was acknowledged is asked again at the end, and must be answered the same.
  void remember(const web_request& request, const web_answer& answer);
  task<void> ask_again();
  task<bool> fill_wallet();
  task<void> follow();
  task<void> rent_once();
  task<cabinet*> find_station();
  task<std::string> start_at(cabinet& place);
  task<void> take_bank(cabinet& place, const std::string& rental, const std::shared_ptr<waiting_hand>& hand);
  task<void> bring_back(bank what);
  // rider_wishes.cpp: what some do while they have the bank, and afterwards. Answers what is in the hand
  // then.
  task<std::optional<bank>> ride(cabinet& place, std::string rental, bank mine);
  task<void> extend(std::string rental);
  task<void> try_to_cancel(std::string rental);
  task<std::optional<bank>> swap(cabinet& place, std::string rental, bank mine);
  task<void> pay_dues(std::string rental);
  /// Asks again, with the same key, until the outcome is known.
  task<web_answer> settle_wish(web_request wish);
  /// `wished`: when he asked for the rental.
  task<void> see_settled(const std::string& rental, std::chrono::steady_clock::time_point wished);
  task<std::string> status_of(const std::string& rental);
  [[nodiscard]] std::string new_key();

  world& around_;
  city_map& map_;
  spool& mailbox_;
  dice dice_;
  std::string identifier_;
  std::string name_;
  web_client phone_;
  live_feed feed_;
  std::string refresh_token_;
  std::string package_;
  std::string rented_package_;   ///< Of his latest rental.
  std::string paid_afterwards_;  ///< Id of a postpaid package, if there is one.
  std::int64_t price_paisa_ = 0;
  std::int64_t credited_paisa_ = 0;
  std::vector<std::string> acknowledged_;  ///< Rentals the server said it had started.
  std::vector<web_request> remembered_;    ///< Of what was acknowledged, with its key.
  bool is_at_rest_ = false;
};

}  // namespace city
