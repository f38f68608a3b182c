#include "actors/accounts/ledger_postings.hpp"

#include <map>

#include "protocols/base/check.hpp"
#include "protocols/pricing/late_fee.hpp"

namespace chautari {
namespace {

/// Adds lines, leaving out those of nothing.
class journal_writer {
public:
  journal_writer(const posting& of, std::string event_type, std::string event_key, std::string memo) {
    journal_.id = of.id;
    journal_.event_type = std::move(event_type);
    journal_.event_key = std::move(event_key);
    journal_.occurred_at = of.at;
    journal_.rider = of.rider;
    journal_.rental = of.rental;
    journal_.memo = std::move(memo);
  }
  journal_writer& debit(std::string code, money amount, boost::uuids::uuid owner = {}) {
    return add({std::move(code), owner, commodity::npr, amount.paisa, 0});
  }
  journal_writer& credit(std::string code, money amount, boost::uuids::uuid owner = {}) {
    return add({std::move(code), owner, commodity::npr, 0, amount.paisa});
  }
  journal_writer& debit_points(std::string code, point_count points, boost::uuids::uuid owner = {}) {
    return add({std::move(code), owner, commodity::pts, points, 0});
  }
  journal_writer& credit_points(std::string code, point_count points, boost::uuids::uuid owner = {}) {
    return add({std::move(code), owner, commodity::pts, 0, points});
  }
  /// Takes what `paid` names from the rider; returns nothing, the caller credits its target.
  journal_writer& take(const payment_split& paid, user_id rider) {
    debit_points("P200", paid.points_used, rider.value).credit_points("P300", paid.points_used);
    return debit("2400", value_of(paid.points_used))
        .debit("2001", paid.wallet_goodwill, rider.value)
        .debit("2000", paid.wallet_cash, rider.value);
  }
  ledger_journal done() {
    CHECK(is_balanced(journal_));
    return std::move(journal_);
  }

private:
  journal_writer& add(ledger_line line) {
    CHECK(line.debit >= 0 && line.credit >= 0);
    if (line.debit + line.credit > 0) journal_.lines.push_back(std::move(line));
    return *this;
  }
  ledger_journal journal_;
};

std::string key_of(const posting& of, std::string_view event) {
  return "rental:" + of.rental.text() + ':' + std::string{event};
}

/// Points are whole: the last one may pay up to nine paisa too much.
money breakage(money price, const payment_split& paid) {
  const money over = paid.total() - price;
  CHECK(over.paisa >= 0 && over.paisa < paisa_per_point);
  return over;
}

}  // namespace

bool is_balanced(const ledger_journal& journal) {
  std::map<commodity, std::int64_t> sums;
  for (const auto& line : journal.lines) {
    if (line.debit < 0 || line.credit < 0 || (line.debit > 0) == (line.credit > 0)) return false;
    sums[line.unit] += line.debit - line.credit;
  }
  for (const auto& [unit, sum] : sums) {
    if (sum != 0) return false;
  }
  return !journal.lines.empty();
}

ledger_journal topup_journal(const posting& to, const std::string& provider, const std::string& reference,
                             money amount) {
  return journal_writer{to, "topup", "topup:" + provider + ':' + reference, "wallet top-up"}
      .debit("1000." + provider, amount)
      .credit("2000", amount, to.rider.value)
      .done();
}

ledger_journal rental_charge_journal(const posting& of, money price, const payment_split& paid) {
  return journal_writer{of, "rental-charge", key_of(of, "charge"), "rental ordered"}
      .take(paid, of.rider)
      .credit("2050", price, of.rental.value)
      .credit("4070", breakage(price, paid))
      .done();
}

ledger_journal rental_release_journal(const posting& of, money price, const payment_split& paid) {
  ledger_journal reverse = rental_charge_journal(of, price, paid);
  reverse.event_type = "rental-release";
  reverse.event_key = key_of(of, "release");
  reverse.memo = "rental not dispensed";
  for (auto& line : reverse.lines)
    std::swap(line.debit, line.credit);
  return reverse;
}

ledger_journal rental_earn_journal(const posting& of, money price, std::int32_t vat_percent) {
  const money vat = vat_of(price, vat_percent);
  return journal_writer{of, "rental-earn", key_of(of, "earn"), "rental dispensed"}
      .debit("2050", price, of.rental.value)
      .credit("4000", price - vat)
      .credit("2300", vat)
      .done();
}

ledger_journal late_fee_journal(const posting& of, money fee, std::int32_t vat_percent) {
  const money vat = vat_of(fee, vat_percent);
  return journal_writer{of, "rental-late", key_of(of, "late"), "late fee"}
      .debit("1200", fee, of.rider.value)
      .credit("4020", fee - vat)
      .credit("2300", vat)
      .done();
}

ledger_journal late_fee_collection_journal(const posting& of, money settled, const payment_split& paid) {
  return journal_writer{of, "rental-late-paid", key_of(of, "late-paid"), "late fee collected"}
      .take(paid, of.rider)
      .credit("1200", settled, of.rider.value)
      .credit("4070", breakage(settled, paid))
      .done();
}

ledger_journal points_award_journal(const posting& to, points_source source, point_count points) {
  struct source_words {
    const char* issued;
    const char* cost;
    std::string key;
  };
  const source_words words = [&]() -> source_words {
    switch (source) {
      case points_source::signup:
        return {"P100.SIGNUP", "5200.signup", "points:signup:" + to.rider.text()};
      case points_source::rental_complete:
        return {"P100.RENTAL", "5200.rental", "points:rental:" + to.rental.text()};
      case points_source::timely_return:
        return {"P100.TIMELY_RETURN", "5200.timely_return", "points:timely:" + to.rental.text()};
    }
    return {};
  }();
  return journal_writer{to, "points-award", words.key, "points earned"}
      .debit_points(words.issued, points)
      .credit_points("P200", points, to.rider.value)
      .debit(words.cost, value_of(points))
      .credit("2400", value_of(points))
      .done();
}

}  // namespace chautari
