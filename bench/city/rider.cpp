#include "bench/city/rider.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <chrono>

#include "bench/city/json_view.hpp"

namespace city {
namespace {

using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

constexpr std::int64_t credit_paisa = 500'000;
constexpr std::int64_t credit_when_below_paisa = 50'000;

std::uint32_t micros_since(clock_type::time_point begin) {
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(clock_type::now() - begin).count());
}

}  // namespace

cabinet* city_map::find(const std::string& serial) const {
  for (const auto& one : cabinets) {
    if (one->body.serial.text() == serial) return one.get();
  }
  return nullptr;
}

rider::rider(world& around, city_map& map, spool& mailbox, std::uint64_t number)
    : around_(around),
      map_(map),
      mailbox_(mailbox),
      dice_(around.setup.seed, 1'000'000 + number),
      identifier_(number % 2 == 0
                      ? "+97798" + std::to_string(10'000'000 + around.setup.seed % 800 * 100'000 + number)
                      : "rider" + std::to_string(around.setup.seed) + "." + std::to_string(number) +
                            "@city.example"),
      name_("city_" + std::to_string(around.setup.seed) + "_" + std::to_string(number)),
      phone_(around.loop, around.setup,
             "10." + std::to_string(number / 65'536 % 256) + "." + std::to_string(number / 256 % 256) + "." +
                 std::to_string(number % 256)),
      feed_(around.loop, around.setup) {}

std::string rider::new_key() { return "city-" + std::to_string(dice_.bits()) + std::to_string(dice_.bits()); }

/// Sends; an expired token is renewed once, an unreachable server is counted.
task<web_answer> rider::send(web_request request) {
  auto answer = co_await ask(request);
  if (answer.status == 401) {
    const bool is_renewed = co_await refresh();
    if (is_renewed) answer = co_await ask(request);
  }
  remember(request, answer);
  if (answer.status == 0 || answer.status >= 500) ++around_.counted.http_errors;
  co_return answer;
}

task<bool> rider::refresh() {
  if (refresh_token_.empty()) co_return false;
  const auto answer_wish =
      web_request::post("/api/auth/refresh", R"({"refresh":)" + quoted(refresh_token_) + "}");
  const auto answer = co_await phone_.send(answer_wish);
  if (!answer.is_good()) {
    const bool is_signed_in = co_await sign_in();
    co_return is_signed_in;
  }
  refresh_token_ = text_of(answer.data(), "refresh");
  phone_.sign_in_as(text_of(answer.data(), "access"));
  co_return true;
}

task<bool> rider::sign_in() {
  const std::string who = R"({"identifier":)" + quoted(identifier_);
  mailbox_.expect(identifier_);
  const auto asked_wish = web_request::post("/api/auth/otp/request", who + "}");
  const auto asked = co_await phone_.send(asked_wish);
  if (!asked.is_good()) co_return false;
  const auto code = co_await mailbox_.code_for(identifier_, 10s);
  if (code.empty()) co_return false;
  const auto verified_wish =
      web_request::post("/api/auth/otp/verify", who + R"(,"otp":)" + quoted(code) + "}");
  const auto verified = co_await phone_.send(verified_wish);
  if (!verified.is_good()) co_return false;
  std::string body =
      who + R"(,"verification_token":)" + quoted(text_of(verified.data(), "verification_token"));
  if (text_of(verified.data(), "purpose") == "REGISTER") body += R"(,"username":)" + quoted(name_);
  const auto done_wish = web_request::post("/api/auth/complete", body + "}");
  const auto done = co_await phone_.send(done_wish);
  const auto* tokens = part_of(done.data(), "tokens");
  if (!done.is_good() || tokens == nullptr) co_return false;
  phone_.sign_in_as(text_of(*tokens, "access"));
  refresh_token_ = text_of(*tokens, "refresh");
  co_return true;
}

task<bool> rider::fill_wallet() {
  const auto me_wish = web_request::get("/api/auth/me");
  const auto me = co_await send(me_wish);
  const auto* wallet = part_of(me.data(), "wallet");
  if (!me.is_good() || wallet == nullptr) co_return false;
  if (paisa_of(*wallet, "balance") >= credit_when_below_paisa) co_return true;
  const auto wish =
      web_request::post("/api/payments/wallet/demo-credit",
                        R"({"amount":")" + chautari::to_text({credit_paisa}) + "\"}", new_key());
  for (int attempt = 0; attempt < 60; ++attempt) {
    const auto answer = co_await send(wish);
    if (answer.is_good()) {
      credited_paisa_ += credit_paisa;
      co_return true;
    }
    if (!answer.is_unknown()) co_return false;
    co_await rest(1s);
  }
  co_return false;
}

task<void> rider::follow() {
  const std::string topics = R"(["rental","wallet"])";
  const bool is_open = co_await feed_.open(phone_.token(), topics);
  if (!is_open) co_await rest(200ms);
}

task<void> rider::live() {
  co_await rest(around_.paced(dice_.between(0, 4'000)));
  for (bool is_signed_in = false; !around_.is_over && !is_signed_in;) {
    is_signed_in = co_await sign_in();
    if (!is_signed_in) co_await rest(2s);
  }
  if (phone_.token().empty()) {
    is_at_rest_ = true;
    co_return;
  }
  ++around_.counted.signed_in;
  const auto offer_wish = web_request::get("/api/rentals/packages");
  const auto offer = co_await send(offer_wish);
  if (const auto* list = part_of(offer.data(), "results"); list != nullptr && list->is_array()) {
    for (const auto& offered : list->get_array()) {
      auto& kind = text_of(offered, "payment_model") == "POSTPAID" ? paid_afterwards_ : package_;
      if (kind.empty()) kind = text_of(offered, "id");
    }
  }
  // One rental, and under no load perhaps an hour more.
  const std::int64_t spent_at_most_paisa = around_.setup.is_load() ? 5'000 : 10'000;
  int since_filled = 0;
  while (!around_.is_over) {
    if (since_filled-- <= 0) {
      const bool is_filled = co_await fill_wallet();
      if (!is_filled) {
        co_await rest(1s);
        continue;
      }
      since_filled = static_cast<int>(credit_when_below_paisa / spent_at_most_paisa) - 1;
    }
    co_await rent_once();
    co_await rest(around_.paced(dice_.between(3'000, 15'000)));
  }
  is_at_rest_ = true;
}

task<cabinet*> rider::find_station() {
  const auto& somewhere = map_.cabinets[static_cast<std::size_t>(
      dice_.between(0, static_cast<std::int64_t>(map_.cabinets.size()) - 1))];
  const auto usable = [](const cabinet& place) { return place.body.is_in_service && !place.has_people(); };
  if (around_.setup.is_load()) {
    const auto count = map_.cabinets.size();
    for (std::size_t i = 0, at = static_cast<std::size_t>(dice_.bits() % count); i < count;
         ++i, at = (at + 1) % count) {
      auto& place = *map_.cabinets[at];
      if (usable(place) && place.body.banks() > 1) co_return &place;
    }
    co_return nullptr;
  }
  // As the app does: what the server says is around, nearest first.
  const auto detail_wish = web_request::get("/api/stations/" + somewhere->body.serial.text());
  const auto detail = co_await send(detail_wish);
  const auto* latitude = part_of(detail.data(), "latitude");
  const auto* longitude = part_of(detail.data(), "longitude");
  if (latitude == nullptr || longitude == nullptr) co_return nullptr;
  const auto around_wish =
      web_request::get("/api/stations/nearby?radius=20&lat=" + boost::json::serialize(*latitude) +
                       "&lng=" + boost::json::serialize(*longitude));
  const auto around = co_await send(around_wish);
  const auto* results = part_of(around.data(), "results");
  if (results == nullptr || !results->is_array()) co_return nullptr;
  for (const auto& item : results->get_array()) {
    const auto* rentable = part_of(item, "rentable_count");
    auto* place = map_.find(text_of(item, "serial_number"));
    if (rentable != nullptr && rentable->is_int64() && rentable->get_int64() > 0 && place != nullptr &&
        usable(*place)) {
      co_return place;
    }
  }
  co_return nullptr;
}

/// The id of the rental, or the empty text if there is none.
task<std::string> rider::start_at(cabinet& place) {
  const bool pays_afterwards = !around_.setup.is_load() && !paid_afterwards_.empty() && dice_.chance(200);
  rented_package_ = pays_afterwards ? paid_afterwards_ : package_;
  const auto wish = web_request::post("/api/rentals/start",
                                      R"({"station_sn":)" + quoted(place.body.serial.text()) +
                                          R"(,"package_id":)" + quoted(rented_package_) +
                                          (pays_afterwards ? R"(,"payment_mode":"wallet"})" : "}"),
                                      new_key());
  ++around_.counted.starts_asked;
  const auto patience = clock_type::now() + 120s;
  while (clock_type::now() < patience) {
    const auto begin = clock_type::now();
    const auto answer = co_await send(wish);
    if (answer.was_replayed) ++around_.counted.replays;
    if (answer.status == 201) {
      around_.counted.start_micros.push_back(micros_since(begin));
      const auto id = text_of(answer.data(), "rental_id");
      acknowledged_.push_back(id);
      ++(text_of(answer.data(), "status") == "ACTIVE" ? around_.counted.starts_active
                                                      : around_.counted.starts_pending);
      co_return id;
    }
    if (!answer.is_unknown()) {
      ++around_.counted.refusals[answer.code()];
      ++(answer.code() == "ejection_failed" ? around_.counted.starts_failed : around_.counted.starts_refused);
      co_return std::string{};
    }
    ++around_.counted.retries;
    co_await rest(answer.status == 429 ? 5s : 1s);
  }
  around_.counted.violated(name_ + " never learned what became of " + wish.idempotency_key);
  co_return std::string{};
}

task<std::string> rider::status_of(const std::string& rental) {
  const auto answer_wish = web_request::get("/api/rentals/" + rental);
  const auto answer = co_await send(answer_wish);
  co_return answer.is_good() ? text_of(answer.data(), "status") : std::string{};
}

/// Stands at the cabinet until a bank is in his hand or the server says that there will be none.
task<void> rider::take_bank(cabinet& place, const std::string& rental,
                            const std::shared_ptr<waiting_hand>& hand) {
  const auto begin = clock_type::now();
  std::optional<clock_type::time_point> active_since;
  while (!hand->taken && clock_type::now() - begin < 400s) {
    co_await rest(around_.setup.is_load() ? 2ms : 500ms);
    if (hand->taken) break;
    const auto status = co_await status_of(rental);
    if (is_closed(status)) break;
    if ((status == "ACTIVE" || status == "OVERDUE") && !active_since) active_since = clock_type::now();
    if (active_since && clock_type::now() - *active_since > 30s) {
      // When lines break, a picture from before may be taken for one of after, until a newer one corrects it:
      // then the end decides (tests/chaos).
      around_.past.note("empty_handed", name_, {{"rental", rental}});
      if (!around_.past.is_kept())
        around_.counted.violated(name_ + " is charged for a bank that did not come out of " +
                                 place.body.serial.text() + ", rental " + rental);
      break;
    }
  }
  hand->is_waiting = false;
}

task<void> rider::bring_back(bank what) {
  const auto count = static_cast<std::int64_t>(map_.cabinets.size());
  while (true) {
    auto& place = *map_.cabinets[static_cast<std::size_t>(dice_.between(0, count - 1))];
    const bool is_in = place.push_in(what);
    if (is_in) {
      around_.past.note("pushed", name_,
                        {{"bank", what.serial.text()}, {"station", place.body.serial.text()}});
      co_return;
    }
    co_await rest(5ms);
  }
}

task<void> rider::see_settled(const std::string& rental, clock_type::time_point wished) {
  const auto begin = clock_type::now();
  while (clock_type::now() - begin < std::chrono::seconds{around_.setup.settle_seconds}) {
    if (!feed_.is_open()) co_await follow();
    std::string status;
    // The feed tells; every few seconds he looks for himself.
    for (const auto patience = clock_type::now() + 4s;
         feed_.is_open() && clock_type::now() < patience && !is_closed(status);) {
      const auto frame = co_await feed_.next(4s);
      const auto* data = part_of(frame, "data");
      if (data != nullptr && text_of(*data, "id") == rental) status = text_of(*data, "status");
    }
    if (!is_closed(status)) status = co_await status_of(rental);
    if (is_closed(status)) around_.past.note("settled", name_, {{"rental", rental}, {"status", status}});
    if (status == "COMPLETED") {
      ++around_.counted.settled;
      around_.counted.cycle_micros.push_back(micros_since(begin));
      around_.counted.whole_micros.push_back(micros_since(wished));
      co_return;
    }
    if (status == "CANCELLED") {
      ++around_.counted.cancelled;
      co_return;
    }
    co_await rest(around_.setup.is_load() ? 5ms : 500ms);
  }
  around_.counted.violated(name_ + " brought his bank back, but rental " + rental + " is still open");
}

task<void> rider::rent_once() {
  if (!feed_.is_open()) co_await follow();
  auto* place = co_await find_station();
  if (place == nullptr) {
    co_await rest(around_.setup.is_load() ? 5ms : 1000ms);
    co_return;
  }
  const auto hand = std::make_shared<waiting_hand>();
  place->body.people.push_back(hand);
  const auto wished = clock_type::now();
  const auto rental = co_await start_at(*place);
  if (!rental.empty()) co_await take_bank(*place, rental, hand);
  hand->is_waiting = false;
  if (hand->taken) {
    std::optional<bank> mine = hand->taken;
    around_.past.note("took", name_, {{"rental", rental}, {"bank", mine->serial.text()}});
    if (!rental.empty() && !around_.setup.is_load()) {
      const auto left = co_await ride(*place, rental, *mine);
      mine = left;
    }
    if (mine) {
      mine->charge = std::max(30, mine->charge - static_cast<int>(dice_.between(0, 10)));
      co_await rest(around_.paced(dice_.between(15'000, 60'000)));
      co_await bring_back(*mine);
    }
  } else if (!rental.empty()) {
    ++around_.counted.cancelled;
    co_return;
  }
  if (rental.empty()) co_return;
  co_await see_settled(rental, wished);
  if (!around_.setup.is_load()) co_await pay_dues(rental);
}

task<void> rider::compare_books() {
  if (phone_.token().empty()) co_return;
  co_await ask_again();
  std::int64_t paid = 0;
  std::vector<std::string> known;
  for (std::string cursor = "first"; !cursor.empty();) {
    std::string path = "/api/rentals/history?limit=100";
    if (cursor != "first") path += "&cursor=" + cursor;
    const auto page_wish = web_request::get(path);
    const auto page = co_await send(page_wish);
    const auto* results = part_of(page.data(), "results");
    if (!page.is_good() || results == nullptr || !results->is_array()) {
      around_.counted.violated(name_ + " cannot read his history");
      co_return;
    }
    for (const auto& rental : results->get_array()) {
      known.push_back(text_of(rental, "id"));
      if (text_of(rental, "status") == "COMPLETED") paid += paisa_of(rental, "amount_paid");
      if (!is_closed(text_of(rental, "status")))
        around_.counted.violated(name_ + " has an open rental " + known.back());
    }
    cursor = text_of(page.data(), "next_cursor");
  }
  for (const auto& id : acknowledged_) {
    if (std::count(known.begin(), known.end(), id) != 1)
      around_.counted.violated("the acknowledged rental " + id + " is lost");
  }
  const auto me_wish = web_request::get("/api/auth/me");
  const auto me = co_await send(me_wish);
  const auto* wallet = part_of(me.data(), "wallet");
  const auto* loyalty = part_of(me.data(), "points");
  const auto* current = loyalty != nullptr ? part_of(*loyalty, "current") : nullptr;
  const auto* earned = loyalty != nullptr ? part_of(*loyalty, "total_earned") : nullptr;
  const auto* topped_up = wallet != nullptr ? part_of(*wallet, "total_topup") : nullptr;
  if (wallet == nullptr || current == nullptr || earned == nullptr || topped_up == nullptr) {
    around_.counted.violated(name_ + " cannot read his wallet");
    co_return;
  }
  around_.past.note("wallet", name_, {{"balance", text_of(*wallet, "balance")}, {"points", *current}});
  const auto has =
      paisa_of(*wallet, "balance") + chautari::value_of(current->to_number<std::int64_t>()).paisa;
  const auto got =
      paisa_of(*wallet, "total_topup") + chautari::value_of(earned->to_number<std::int64_t>()).paisa;
  if (has + paid != got) {
    around_.counted.violated(name_ + " got " + chautari::to_text({got}) + ", paid " +
                             chautari::to_text({paid}) + ", but has " + chautari::to_text({has}));
  }
}

}  // namespace city
