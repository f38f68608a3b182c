#include "actors/rentals/settlement_records.hpp"

#include "protocols/rentals/bill.hpp"

namespace chautari {
namespace {

namespace json = boost::json;

/// Both wallets are one to the rider.
payment_split together(const payment_split& a, const payment_split& b) {
  return {a.wallet_cash + b.wallet_cash, a.wallet_goodwill + b.wallet_goodwill,
          a.points_used + b.points_used};
}

transaction_image transaction_of(const rental_image& rental, const ledger_journal& journal,
                                 const payment_split& split, money amount, const std::string& suffix) {
  transaction_image shown;
  shown.id = transaction_id{journal.id.value};
  shown.code = "TXN" + rental.code + suffix;
  shown.rider = rental.rider;
  shown.rental = rental.id;
  shown.method = method_of(split);
  shown.amount = amount;
  shown.wallet_part = split.wallet();
  shown.points_used = split.points_used;
  shown.journal = journal.id;
  shown.created_at = journal.occurred_at;
  return shown;
}

charged_parts parts_of(const rental_image& rental) {
  const rental_bill bill = bill_of(rental);
  return {bill.extensions, bill.late_fee, bill.lost_penalty};
}

void add_charge(record& entry, const rental_image& rental, charge_kind kind, std::int32_t n, money amount,
                const json::object& basis) {
  entry.add(rental_charge{rental.id, kind, n, amount, json::serialize(basis)});
}

void add_usage(record& entry, const record_context& with, const settlement& done) {
  if (done.usage == money{}) return;
  const rental_image& rental = done.rental;
  add_charge(entry, rental, charge_kind::base, 0, done.usage,
             {{"package", rental.package.id.text()},
              {"duration_minutes", rental.package.duration_minutes},
              {"allotted_minutes", allotted_minutes(rental)},
              {"used_minutes", whole_minutes(*rental.started_at, *rental.ended_at)},
              {"discount_hundredths", rental.life.discount_hundredths}});
  const auto journal =
      usage_journal(posting_of(with, rental, *rental.ended_at), done.usage, with.terms.vat_percent);
  entry.add(journal);
  add_share(entry, with, rental, journal, done.usage_share);
}

void add_late_fee(record& entry, const record_context& with, const settlement& done, std::int32_t& n) {
  if (done.fee == money{}) return;
  const rental_image& rental = done.rental;
  const timestamp at = *rental.ended_at;
  add_charge(entry, rental, charge_kind::late_fee, n++, done.fee,
             {{"overdue_minutes", whole_minutes(rental.due_at.value_or(at), at)},
              {"kind", to_string(rental.late_fee.kind)},
              {"multiplier_hundredths", rental.late_fee.multiplier_hundredths},
              {"grace_minutes", rental.late_fee.grace_minutes}});
  if (done.fee_now == money{}) return;
  const std::int32_t part = done.fee_now == done.fee ? 0 : done.payment_n;
  const auto journal =
      late_fee_journal(posting_of(with, rental, at), done.fee_now, with.terms.vat_percent, part);
  entry.add(journal);
  add_share(entry, with, rental, journal, done.fee_share);
}

void add_refund(record& entry, const record_context& with, const rental_image& rental,
                const payment_split& back, money amount, std::int32_t n) {
  if (amount == money{}) return;
  const auto journal = refund_journal(posting_of(with, rental, with.now), amount, back, n);
  auto shown = transaction_of(rental, journal, back, amount, "R" + std::to_string(n));
  shown.kind = transaction_kind::refund;
  entry.add(journal);
  entry.add(rental_payment{rental.id, n, shown.id, negative(back), true});
  entry.add(std::move(shown));
}

void add_adjustment(record& entry, const record_context& with, const rental_image& rental, money amount,
                    const std::string& why, std::int32_t n, const std::vector<shared_part>& shares) {
  if (amount == money{}) return;
  add_charge(entry, rental, charge_kind::adjustment, n, amount, {{"why", why}});
  const auto journal = adjustment_journal(posting_of(with, rental, with.now), amount, parts_of(rental),
                                          with.terms.vat_percent, n);
  entry.add(journal);
  for (const auto& part : shares)
    add_share(entry, with, rental, journal, part);
}

/// The transaction that a postpaid start opened: what came of it.
void close_pending(record& entry, const settlement& done, const payment_split& paid,
                   const ledger_journal& journal) {
  auto shown = transaction_of(done.rental, journal, paid, done.settled, "");
  shown.id = done.rental.payment;
  shown.created_at = done.rental.created_at;
  if (done.settled == money{}) shown.status = transaction_status::refunded;
  entry.add(std::move(shown));
}

void add_collection(record& entry, const record_context& with, const settlement& done) {
  const money moved = done.settled + done.unheld.wallet();
  if (moved == money{}) return;
  const rental_image& rental = done.rental;
  const auto journal = due_collection_journal(posting_of(with, rental, *rental.ended_at), done.settled,
                                              {done.paid, done.held, done.unheld}, done.payment_n);
  const payment_split paid = together(done.paid, done.held);
  if (rental.package.model == payment_model::prepaid)
    return add_payment(entry, rental, transaction_kind::rental_due, journal, paid, done.settled,
                       done.payment_n);
  entry.add(journal);
  close_pending(entry, done, paid, journal);
  if (done.settled > money{})
    entry.add(rental_payment{rental.id, done.payment_n, rental.payment, paid, false});
}

json::object facts_of(const settlement& done, const use_ending& ending) {
  json::object facts = ending.data;
  const rental_image& rental = done.rental;
  facts["station"] = ending.station_serial.value;
  facts["slot"] = ending.slot;
  facts["late_fee"] = to_text(done.fee);
  facts["due"] = to_text(rental.due);
  facts["points"] = done.points();
  const auto note = [&](const char* name, money amount) {
    if (amount != money{}) facts[name] = to_text(amount);
  };
  note("usage", done.usage);
  note("lost_penalty", done.lost_penalty);
  note("adjustment", done.adjustment);
  note("paid", done.settled);
  note("refund", done.refund);
  return facts;
}

}  // namespace

payment_method method_of(const payment_split& paid) {
  if (paid.points_used == 0) return payment_method::wallet;
  return paid.wallet() == money{} ? payment_method::points : payment_method::combination;
}

payment_split negative(const payment_split& paid) {
  return {-paid.wallet_cash, -paid.wallet_goodwill, -paid.points_used};
}

void add_payment(record& entry, const rental_image& rental, transaction_kind kind,
                 const ledger_journal& journal, const payment_split& paid, money amount, std::int32_t n) {
  auto shown = transaction_of(rental, journal, paid, amount, "P" + std::to_string(n));
  shown.kind = kind;
  entry.add(journal);
  entry.add(rental_payment{rental.id, n, shown.id, paid, false});
  entry.add(std::move(shown));
}

record settled_record(const record_context& with, const settlement& done, const use_ending& ending) {
  record entry = fresh_record(with);
  const rental_image& rental = done.rental;
  const timestamp at = *rental.ended_at;
  add_state(entry, rental, {ending.kind, ending.rule, at}, facts_of(done, ending));
  entry.add(done.bank);
  if (done.wear) entry.add(*done.wear);
  std::int32_t n = done.charge_n;
  add_usage(entry, with, done);
  add_late_fee(entry, with, done, n);
  if (done.lost_penalty > money{}) {
    add_charge(entry, rental, charge_kind::lost_penalty, n++, done.lost_penalty,
               {{"after_hours", rental.lost.after_hours}});
    entry.add(lost_penalty_journal(posting_of(with, rental, at), done.lost_penalty));
  }
  add_adjustment(entry, with, rental, done.adjustment, ending.kind, n, done.adjustment_shares);
  add_collection(entry, with, done);
  add_refund(entry, with, rental, done.refunded, done.refund, done.payment_n);
  const auto award = [&](points_source source, point_count points) {
    if (points > 0) entry.add(points_award_journal(posting_of(with, rental, at), source, points));
  };
  award(points_source::rental_complete, done.points_for_completing);
  award(points_source::timely_return, done.points_for_punctuality);
  if (ending.is_quick_return) add_discount_use(entry, rental, discount_use_state::released);
  if (ending.report) {
    cabinet_report report = *ending.report;
    report.dedupe_key =
        return_key(ending.cabinet, report.frame_type, rental.bank_serial, ending.slot, rental.bank_ejections);
    entry.add(std::move(report));
  }
  for (const auto& part : ending.also)
    entry.parts.push_back(part);
  if (ending.answer) entry.add(*ending.answer);
  return entry;
}

record extended_record(const record_context& with, const extended& done, const stored_answer& answer) {
  record entry = fresh_record(with);
  const rental_image& rental = done.rental;
  const rental_extension& more = done.extension;
  add_state(entry, rental, {"rental-extended", "3.6", with.now},
            {{"package", more.package.text()},
             {"minutes", more.extended_minutes},
             {"cost", to_text(more.cost)},
             {"due_at", to_rfc3339(*rental.due_at)}});
  entry.add(more);
  entry.add(answer);
  if (more.cost == money{}) return entry;
  add_charge(entry, rental, charge_kind::extension, done.charge_n, more.cost,
             {{"package", more.package.text()}, {"minutes", more.extended_minutes}});
  const auto journal = extension_journal(posting_of(with, rental, with.now), more.id, more.cost, done.paid,
                                         with.terms.vat_percent);
  add_payment(entry, rental, transaction_kind::extension, journal, done.paid, more.cost, done.payment_n);
  add_share(entry, with, rental, journal, done.share);
  return entry;
}

record dues_paid_record(const record_context& with, const dues_paid& done, ledger_journal_id collection,
                        const stored_answer& answer) {
  record entry = fresh_record(with);
  const rental_image& rental = done.rental;
  add_state(entry, rental, {"dues-paid", "3.8", with.now},
            {{"amount", to_text(done.what.amount)},
             {"late_fee", to_text(done.what.late_fee)},
             {"points", done.paid.points_used},
             {"due", to_text(rental.due)}});
  entry.add(answer);
  if (done.what.late_fee > money{}) {
    const auto assessed = late_fee_journal(posting_of(with, rental, with.now), done.what.late_fee,
                                           with.terms.vat_percent, done.payment_n);
    entry.add(assessed);
    add_share(entry, with, rental, assessed, done.share);
  }
  posting paid = posting_of(with, rental, with.now);
  paid.id = collection;
  add_payment(entry, rental, transaction_kind::rental_due,
              due_collection_journal(paid, done.what.amount, {done.paid, {}, {}}, done.payment_n), done.paid,
              done.what.amount, done.payment_n);
  return entry;
}

void add_correction(record& entry, const record_context& with, const correction& done) {
  add_adjustment(entry, with, done.rental, done.adjustment, "correction", done.charge_n, done.shares);
  add_refund(entry, with, done.rental, done.refunded, done.refund, done.payment_n);
}

}  // namespace chautari
