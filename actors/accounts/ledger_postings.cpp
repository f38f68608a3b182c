#include "actors/accounts/ledger_postings.hpp"

#include <algorithm>
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
  /// Gives back what `take` took.
  journal_writer& give(const payment_split& back, user_id rider) {
    debit_points("P300", back.points_used).credit_points("P200", back.points_used, rider.value);
    return credit("2400", value_of(back.points_used))
        .credit("2001", back.wallet_goodwill, rider.value)
        .credit("2000", back.wallet_cash, rider.value);
  }
  /// Income of a gross amount, and the VAT in it.
  journal_writer& earn(std::string income, money gross, std::int32_t vat_percent) {
    const money vat = vat_of(gross, vat_percent);
    return credit(std::move(income), gross - vat).credit("2300", vat);
  }
  journal_writer& unearn(std::string income, money gross, std::int32_t vat_percent) {
    const money vat = vat_of(gross, vat_percent);
    return debit(std::move(income), gross - vat).debit("2300", vat);
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

std::string numbered(std::string_view event, std::int32_t n) {
  return std::string{event} + ':' + std::to_string(n);
}

ledger_journal reversed(ledger_journal journal, const char* type, std::string key, const char* memo) {
  journal.event_type = type;
  journal.event_key = std::move(key);
  journal.memo = memo;
  for (auto& line : journal.lines)
    std::swap(line.debit, line.credit);
  return journal;
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

ledger_journal suspense_journal(const posting& to, suspense_step step, const std::string& provider,
                                const std::string& reference, money amount) {
  const std::string payment = provider + ':' + reference;
  if (step == suspense_step::taken)
    return journal_writer{to, "suspense", "topup:" + payment, "paid, but not what was asked for"}
        .debit("1000." + provider, amount)
        .credit("2600", amount)
        .done();
  journal_writer out{to, "suspense-decided", "suspense:" + payment, "out of suspense"};
  out.debit("2600", amount);
  if (step == suspense_step::to_wallet)
    out.credit("2000", amount, to.rider.value);
  else
    out.credit("1000." + provider, amount);
  return out.done();
}

ledger_journal rental_charge_journal(const posting& of, money price, const payment_split& paid) {
  return journal_writer{of, "rental-charge", key_of(of, "charge"), "rental ordered"}
      .take(paid, of.rider)
      .credit("2050", price, of.rental.value)
      .credit("4070", breakage(price, paid))
      .done();
}

ledger_journal rental_release_journal(const posting& of, money price, const payment_split& paid) {
  return reversed(rental_charge_journal(of, price, paid), "rental-release", key_of(of, "release"),
                  "rental not dispensed");
}

ledger_journal rental_earn_journal(const posting& of, money price, std::int32_t vat_percent) {
  return journal_writer{of, "rental-earn", key_of(of, "earn"), "rental dispensed"}
      .debit("2050", price, of.rental.value)
      .earn("4000", price, vat_percent)
      .done();
}

ledger_journal hold_journal(const posting& of, const payment_split& held) {
  return journal_writer{of, "rental-hold", key_of(of, "hold"), "held for a rental paid afterwards"}
      .take(held, of.rider)
      .credit("2010", held.wallet(), of.rider.value)
      .done();
}

ledger_journal hold_release_journal(const posting& of, const payment_split& held) {
  return reversed(hold_journal(of, held), "rental-release", key_of(of, "release"), "rental not dispensed");
}

ledger_journal usage_journal(const posting& of, money usage, std::int32_t vat_percent) {
  return journal_writer{of, "rental-usage", key_of(of, "usage"), "use of a rental paid afterwards"}
      .debit("1200", usage, of.rider.value)
      .earn("4000", usage, vat_percent)
      .done();
}

ledger_journal extension_journal(const posting& of, extension_id extension, money cost,
                                 const payment_split& paid, std::int32_t vat_percent) {
  return journal_writer{of, "rental-extension", "ext:" + extension.text(), "rental extended"}
      .take(paid, of.rider)
      .earn("4010", cost, vat_percent)
      .credit("4070", breakage(cost, paid))
      .done();
}

ledger_journal late_fee_journal(const posting& of, money fee, std::int32_t vat_percent, std::int32_t n) {
  return journal_writer{of, "rental-late", key_of(of, n == 0 ? "late" : numbered("late", n)), "late fee"}
      .debit("1200", fee, of.rider.value)
      .earn("4020", fee, vat_percent)
      .done();
}

ledger_journal lost_penalty_journal(const posting& of, money penalty) {
  return journal_writer{of, "rental-lost", key_of(of, "lost"), "lost power bank"}
      .debit("1200", penalty, of.rider.value)
      .credit("4040", penalty)
      .done();
}

ledger_journal adjustment_journal(const posting& of, money amount, const charged_parts& charged,
                                  std::int32_t vat_percent, std::int32_t n) {
  journal_writer writer{of, "rental-adjust", key_of(of, numbered("adjust", n)), "bill corrected"};
  if (amount > money{})
    return writer.debit("1200", amount, of.rider.value).earn("4000", amount, vat_percent).done();
  money rest = -amount;
  const auto take_back = [&](const char* income, money most, std::int32_t percent) {
    const money part = std::min(rest, most);
    rest -= part;
    writer.unearn(income, part, percent);
  };
  take_back("4040", charged.lost_penalty, 0);
  take_back("4020", charged.late_fee, vat_percent);
  take_back("4010", charged.extensions, vat_percent);
  take_back("4000", rest, vat_percent);
  return writer.credit("1200", -amount, of.rider.value).done();
}

ledger_journal due_collection_journal(const posting& of, money settled, const collection& from,
                                      std::int32_t n) {
  const bool pays = settled > money{};
  payment_split all = from.paid;
  all.wallet_cash += from.held.wallet();
  return journal_writer{of, "rental-due-paid", key_of(of, pays ? numbered("due", n) : "unhold"),
                        pays ? "rental paid" : "hold given back"}
      .debit("2010", from.held.wallet() + from.unheld.wallet(), of.rider.value)
      .take(from.paid, of.rider)
      .credit("1200", settled, of.rider.value)
      .credit("2001", from.unheld.wallet_goodwill, of.rider.value)
      .credit("2000", from.unheld.wallet_cash, of.rider.value)
      .credit("4070", breakage(settled, all))
      .done();
}

ledger_journal refund_journal(const posting& of, money amount, const payment_split& refunded,
                              std::int32_t n) {
  CHECK(refunded.total() >= amount);
  return journal_writer{of, "rental-refund", key_of(of, numbered("refund", n)), "rental paid back"}
      .debit("1200", amount, of.rider.value)
      .debit("4070", refunded.total() - amount)
      .give(refunded, of.rider)
      .done();
}

std::optional<ledger_journal> share_journal(const posting& of, std::string event_key,
                                            const revenue_terms& terms, const income_share& amounts) {
  if (amounts.franchise == money{} && amounts.vendor == money{}) return {};
  const bool is_reversal = amounts.gross < money{};
  const income_share given = is_reversal ? -amounts : amounts;
  journal_writer writer{of, "partner-share", event_key, "partners' share"};
  auto journal = writer.debit("5100", given.franchise + given.vendor)
                     .credit("2200", given.franchise, terms.franchise.value)
                     .credit("2200", given.vendor, terms.vendor.value)
                     .done();
  if (!is_reversal) return journal;
  return reversed(std::move(journal), "partner-share-back", std::move(event_key),
                  "partners' share taken back");
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
