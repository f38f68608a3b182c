/// What riders want of a rental that runs, and what they owe for one that ended.

#include <chrono>

#include "bench/city/json_view.hpp"
#include "bench/city/rider.hpp"

namespace city {
namespace {

using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

constexpr int extends_of_1000 = 250;
constexpr int cancels_of_1000 = 80;
constexpr int swaps_of_1000 = 150;

/// Answers of one rider that are asked for again at the end.
constexpr std::size_t remembered_max = 12;

}  // namespace

task<web_answer> rider::ask(web_request request) {
  const bool is_noted = !request.idempotency_key.empty();
  if (is_noted) around_.past.sent(name_, request);
  auto answer = co_await phone_.send(request);
  if (is_noted) around_.past.answered(name_, request, answer);
  co_return answer;
}

void rider::remember(const web_request& request, const web_answer& answer) {
  if (!around_.past.is_kept() || request.idempotency_key.empty() || !answer.is_good()) return;
  if (remembered_.size() < remembered_max) {
    remembered_.push_back(request);
  } else {
    remembered_[acknowledged_.size() % remembered_max] = request;
  }
}

task<void> rider::ask_again() {
  const auto wishes = std::move(remembered_);
  remembered_.clear();
  for (const auto& wish : wishes) {
    const auto answer = co_await settle_wish(wish);
    // What was told while the cabinet was still at it may have failed since.
    if (!answer.is_good() && answer.code() != "ejection_failed")
      around_.counted.violated(name_ + " asked again for " + wish.path + " and got " + answer.code());
  }
}

task<web_answer> rider::settle_wish(web_request wish) {
  web_answer answer;
  for (const auto patience = clock_type::now() + 120s; clock_type::now() < patience;) {
    answer = co_await send(wish);
    if (answer.was_replayed) ++around_.counted.replays;
    if (!answer.is_unknown()) co_return answer;
    ++around_.counted.retries;
    co_await rest(answer.status == 429 ? 5s : 1s);
  }
  around_.counted.violated(name_ + " never learned what became of " + wish.idempotency_key);
  co_return answer;
}

task<std::optional<bank>> rider::ride(cabinet& place, std::string rental, bank mine) {
  co_await rest(around_.paced(dice_.between(1'000, 10'000)));
  std::optional<bank> in_hand = mine;
  if (dice_.chance(extends_of_1000)) co_await extend(rental);
  if (dice_.chance(cancels_of_1000)) co_await try_to_cancel(rental);
  if (dice_.chance(swaps_of_1000)) in_hand = co_await swap(place, rental, mine);
  if (!in_hand) co_return in_hand;
  // A second report of an earlier return cannot be told from a new one; without such a fault nothing but
  // the bank itself ends its rental, whatever anybody claims.
  const auto status = co_await status_of(rental);
  if (is_closed(status) && around_.faults.duplicate == 0 && around_.faults.reordered == 0)
    around_.counted.violated(name_ + " still holds the bank of the closed rental " + rental);
  co_return in_hand;
}

task<void> rider::extend(std::string rental) {
  const auto wish = web_request::post("/api/rentals/" + rental + "/extend",
                                      R"({"package_id":)" + quoted(rented_package_) + "}", new_key());
  const auto answer = co_await settle_wish(wish);
  if (answer.is_good()) {
    ++around_.counted.extended;
  } else {
    ++around_.counted.refusals["extend " + answer.code()];
  }
}

/// The bank is in his hand: nothing but bringing it back ends this rental.
task<void> rider::try_to_cancel(std::string rental) {
  const auto wish = web_request::post("/api/rentals/" + rental + "/cancel",
                                      R"({"reason":"I do not want it any more"})", new_key());
  const auto answer = co_await settle_wish(wish);
  if (answer.is_good())
    around_.counted.violated(name_ + " cancelled rental " + rental + " with the bank in his hand");
  ++around_.counted.refusals["cancel " + answer.code()];
}

/// Puts the old one back and takes the new one, or ends with empty hands.
task<std::optional<bank>> rider::swap(cabinet& place, std::string rental, bank mine) {
  std::optional<bank> in_hand = mine;
  if (place.has_people()) co_return in_hand;  // Whoever stands there could take the wrong one.
  const auto hand = std::make_shared<waiting_hand>();
  place.body.people.push_back(hand);
  const auto wish =
      web_request::post("/api/rentals/" + rental + "/swap", R"({"reason":"LOW_BATTERY"})", new_key());
  const auto answer = co_await settle_wish(wish);
  if (!answer.is_good()) ++around_.counted.refusals["swap " + answer.code()];
  const bool is_put_back = answer.is_good() && place.push_in(mine);
  if (!is_put_back) {
    hand->is_waiting = false;
    co_return in_hand;
  }
  in_hand.reset();
  for (const auto begin = clock_type::now(); !hand->taken && clock_type::now() - begin < 400s;) {
    co_await rest(500ms);
    if (hand->taken) break;
    const auto status = co_await status_of(rental);
    if (is_closed(status)) break;
  }
  hand->is_waiting = false;
  if (hand->taken) ++around_.counted.swapped;
  in_hand = hand->taken;
  co_return in_hand;
}

/// Whoever owes something pays it, exactly once.
task<void> rider::pay_dues(std::string rental) {
  const auto look = web_request::get("/api/rentals/" + rental + "/calculate-due");
  const auto shown = co_await send(look);
  const auto due = paisa_of(shown.data(), "due");
  if (!shown.is_good() || due <= 0) co_return;
  co_await fill_wallet();
  const auto wish =
      web_request::post("/api/rentals/" + rental + "/pay-due",
                        R"({"amount":")" + chautari::to_text(chautari::money{due}) + "\"}", new_key());
  const auto answer = co_await settle_wish(wish);
  if (!answer.is_good()) {
    ++around_.counted.refusals["pay-due " + answer.code()];
    co_return;
  }
  ++around_.counted.dues_paid;
  const auto again = co_await send(look);
  if (paisa_of(again.data(), "due") != 0)
    around_.counted.violated(name_ + " paid what he owed for " + rental + " and still owes something");
}

}  // namespace city
