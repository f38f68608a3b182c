#pragma once
/// A second, naive book of the truth, asked after every stored record and at the end. Says the first thing
/// that is wrong; empty while all is well.

#include <map>
#include <set>
#include <string>

#include "protocols/rentals/messages.hpp"
#include "tests/history/city_model.hpp"
#include "tests/support/memory_store.hpp"

namespace chautari::testing {

class auditor {
public:
  explicit auditor(const memory_store& store) : store_{store} {}

  [[nodiscard]] const std::string& complaint() const { return complaint_; }
  void expect(bool holds, const std::string& what) {
    if (!holds && complaint_.empty()) complaint_ = what;
  }

  /// After every record.
  void after(const record& entry) {
    for (const auto& part : entry.parts) {
      if (const auto* rental = std::get_if<rental_image>(&part)) judge(*rental);
      if (const auto* answer = std::get_if<stored_answer>(&part)) judge(*answer);
      if (const auto* journal = std::get_if<ledger_journal>(&part)) judge(*journal);
    }
  }

  /// An answer that a rider saw must be on disk, whatever happens afterwards.
  void acknowledged(const start_answer& answer) {
    if (answer.replayed_status != 0) return;
    const auto found = store_.rentals.find(answer.rental.id);
    expect(found != store_.rentals.end(), "a start was acknowledged and is not stored");
    if (found == store_.rentals.end()) return;
    expect(found->second.revision >= answer.rental.revision, "an acknowledged revision is not stored");
  }

  /// The whole book, now and then.
  void whole_book() {
    std::map<commodity, std::int64_t> sums;
    for (const auto& [key, balance] : store_.balances) {
      sums[key.unit] += balance;
      const bool is_liability =
          key.code == "2000" || key.code == "2001" || key.code == "2050" || key.code == "P200";
      expect(!is_liability || balance >= 0, "a balance is below zero: " + key.code);
    }
    for (const auto& [unit, sum] : sums)
      expect(sum == 0, "the ledger does not sum to zero");
    std::map<std::pair<station_id, std::int32_t>, int> seats;
    for (const auto& [id, bank] : store_.banks) {
      if (!bank.station.is_nil()) expect(++seats[{bank.station, bank.slot}] == 1, "two banks in one slot");
    }
    for (const auto& [id, rental] : store_.rentals) {
      if (!is_out(rental.status) || (rental.life.swap && rental.life.swap->returned_at)) continue;
      const auto bank = store_.banks.find(rental.bank);
      expect(bank != store_.banks.end() && bank->second.rental == id && bank->second.station.is_nil(),
             "a bank that is out is said to be elsewhere: " + rental.bank_serial.text());
    }
  }

  /// Nothing moves any more: everything must be closed, home, and paid for once.
  void quiet_end(const city_model& city) {
    whole_book();
    for (const auto& [id, rental] : store_.rentals) {
      expect(!is_open(rental.status), "a rental is open although every bank is home: " +
                                          to_string(rental.status) + " bank " + rental.bank_serial.text());
      expect(store_.balance("2050", id.value) == 0, "deferred income was neither earned nor given back");
      const auto name = "rental:" + id.text();
      const bool is_earned = store_.journals.count(name + ":earn") > 0;
      const bool is_released = store_.journals.count(name + ":release") > 0;
      const bool is_free = !rental.life.free_for.is_nil();
      expect(is_free ? !is_earned && !is_released : is_earned != is_released,
             "a rental is earned or given back, one of both; a free one neither");
      // A quick return is earned first and given back afterwards.
      const bool was_out = rental.started_at.has_value();
      expect(is_free || is_earned == was_out, "only a rental whose bank came out is earned");
      expect(!is_free || store_.vendor_ejections.at(id).is_released != was_out,
             "a free ejection that did not come to pass is given back");
      const auto misshared = store_.share_problem(rental);
      expect(misshared.empty(), misshared);
      if (rental.status == rental_status::completed)
        expect(was_ejected(city, rental), "paid for a bank that stayed: " + id.text().substr(28));
    }
    for (const auto& bank : city.banks) {
      const auto* known = store_.find_bank(bank.serial);
      expect(known != nullptr, "a bank is unknown");
      if (known == nullptr) continue;
      const auto& cabinet = city.cabinets.at(static_cast<std::size_t>(bank.cabinet));
      expect(known->station == cabinet.station && known->slot == bank.slot,
             "a bank is not where the book says: " + bank.serial.text() + " is " + to_string(known->status) +
                 " in slot " + std::to_string(known->slot) + ", it sits in slot " +
                 std::to_string(bank.slot));
      expect(known->rental.is_nil() && known->status == bank_status::available,
             "a bank at home is not free: " + bank.serial.text() + ' ' + to_string(known->status));
    }
    for (const auto& [id, command] : store_.commands) {
      const bool is_open_command =
          command.state == command_state::queued || command.state == command_state::sent;
      expect(!is_open_command, "a command never ended: " + to_string(command.kind));
    }
  }

private:
  void judge(const rental_image& rental) {
    const auto unbalanced = store_.bill_problem(rental);
    expect(unbalanced.empty(), unbalanced);
    auto [known, is_new] = statuses_.emplace(rental.id, rental.status);
    if (is_new) {
      expect(rental.status == rental_status::pending_popup, "a rental begins as PENDING_POPUP");
      return;
    }
    const auto from = known->second;
    const auto to = rental.status;
    const bool is_closed_again = !is_open(from) && from == to;  // An incident noted later.
    const bool is_legal = is_closed_again ||
                          (from == rental_status::pending_popup && to != rental_status::overdue &&
                           to != rental_status::completed) ||
                          (from == rental_status::active && to == rental_status::overdue) ||
                          (is_out(from) && (from == to || !is_open(to)));
    expect(is_legal, "from " + to_string(from) + " to " + to_string(to));
    known->second = to;
    expect(rental.publishes <= 2, "an ejection was published more than twice for one rental");
  }
  void judge(const stored_answer& answer) {
    auto& before = answers_[answer.id];
    expect(before == 0 || before == answer.status, "a final answer was changed");
    const bool is_final = answer.data.find("PENDING_POPUP") == std::string::npos;
    if (is_final) before = answer.status;
  }
  void judge(const ledger_journal& journal) {
    expect(keys_.insert(journal.event_key).second, "posted twice: " + journal.event_key);
  }
  /// A reply names a bank and nothing else: one that comes late can be taken for the answer to the next
  /// ejection of the same bank, as long as replies are waited for at all. No server could tell.
  static constexpr seconds replies_are_matched_for{120};
  /// A cabinet that was away when the bank came to it sets the end back, at most to the moment the ejection
  /// was sent; the bank left seconds later.
  static constexpr seconds motors_take{10};
  [[nodiscard]] static bool was_ejected(const city_model& city, const rental_image& rental) {
    const timestamp from = rental.created_at - replies_are_matched_for;
    for (const auto& one : city.ejections) {
      if (one.bank == rental.bank_serial && one.at >= from && one.at <= *rental.ended_at + motors_take)
        return true;
    }
    return false;
  }

  const memory_store& store_;
  std::string complaint_;
  std::map<rental_id, rental_status> statuses_;
  std::map<command_id, int> answers_;
  std::set<std::string> keys_;
};

}  // namespace chautari::testing
