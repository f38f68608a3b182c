#include "actors/rentals/rental_records.hpp"

#include "actors/kiosks/ejection_log.hpp"
#include "actors/rentals/settlement_records.hpp"
#include "protocols/rentals/views.hpp"

namespace chautari {
namespace {

/// A start has a dozen, and so has an end.
constexpr std::size_t usual_parts = 14;

namespace json = boost::json;

/// The row of rental_payment that paid the price.
constexpr std::int32_t price_payment = 0;

/// What was paid is a transaction of the same id as its journal, so that a refund finds both.
transaction_image price_transaction(const rental_image& rental, transaction_status status) {
  transaction_image shown;
  shown.id = rental.payment;
  shown.code = "TXN" + rental.code;
  shown.rider = rental.rider;
  shown.rental = rental.id;
  shown.kind = transaction_kind::rental;
  shown.status = status;
  shown.method = method_of(rental.paid);
  shown.amount = rental.price;
  shown.wallet_part = rental.paid.wallet();
  shown.points_used = rental.paid.points_used;
  shown.journal = ledger_journal_id{rental.payment.value};
  shown.created_at = rental.created_at;
  return shown;
}

/// A postpaid start opens a payment that its end completes; until then it shows what is held.
transaction_image hold_transaction(const rental_image& rental, transaction_status status) {
  transaction_image shown = price_transaction(rental, status);
  shown.amount = rental.paid.wallet();
  return shown;
}

void add_hold(record& entry, const record_context& with, const rental_image& rental) {
  posting hold = posting_of(with, rental, with.now);
  hold.id = ledger_journal_id{rental.payment.value};
  entry.add(hold_journal(hold, rental.paid));
  entry.add(hold_transaction(rental, transaction_status::pending));
}

}  // namespace

record fresh_record(const record_context& with) {
  record entry{with.ids.make<record_id>(), with.now, {}};
  entry.parts.reserve(usual_parts);  // They are large: growing step by step would move each several times.
  return entry;
}

void add_state(record& entry, const rental_image& rental, log_words words, const json::object& data) {
  entry.add(rental);
  entry.add(rental_log_entry{rental.id, rental.revision, std::move(words.kind), std::move(words.rule),
                             words.occurred_at, entry.at, json::serialize(data)});
}

posting posting_of(const record_context& with, const rental_image& rental, timestamp at) {
  return {with.ids.make<ledger_journal_id>(), rental.rider, rental.id, at};
}

json::object outcome_facts(const ejection_outcome& outcome) {
  return {{"result", to_string(outcome.result)},
          {"bank", outcome.bank.text()},
          {"command", outcome.command.id.text()},
          {"publishes", outcome.publishes},
          {"reply_code", outcome.command.reply_code}};
}

void add_evidence(record& entry, const ejection_outcome& outcome) {
  if (!outcome.command.id.is_nil()) entry.add(outcome.command);
  if (outcome.report) entry.add(*outcome.report);
}

void add_discount_use(record& entry, const rental_image& rental, discount_use_state state) {
  if (rental.life.discount.is_nil()) return;
  entry.add(discount_use{rental.life.discount, rental.id, rental.rider, state, entry.at});
}

void add_vendor_ejection(record& entry, const rental_image& rental, bool is_released) {
  if (rental.life.free_for.is_nil()) return;
  entry.add(vendor_ejection{rental.id, rental.life.free_for, rental.station, business_day(rental.created_at),
                            is_released});
}

void add_share(record& entry, const record_context& with, const rental_image& rental,
               const ledger_journal& income, const std::optional<shared_part>& part) {
  if (!part) return;
  const posting of = posting_of(with, rental, income.occurred_at);
  const revenue_terms& terms = rental.life.revenue->terms;
  const bool is_reversal = part->amounts.gross < money{};
  // One correction may take back of several kinds.
  const std::string key = income.event_key + ":share" + (is_reversal ? ':' + to_string(part->kind) : "");
  if (auto journal = share_journal(of, key, terms, part->amounts)) entry.add(*std::move(journal));
  entry.add(revenue_distribution{of.id, key, rental.id, rental.station, part->kind, terms, part->amounts,
                                 is_reversal, of.at});
}

stored_answer start_outcome(const rental_image& rental, int status, timestamp now) {
  stored_answer answer;
  answer.id = rental.started_by;
  answer.owner = rental.rider;
  answer.route = "POST /api/rentals/start";
  answer.body_hash = rental.start_body_hash;
  answer.status = status;
  if (status >= 400)
    answer.data = ejection_failed_json(rental, now);
  else if (status != 0)
    answer.data = start_answer_json(rental);
  // From the rider's wish on: an outcome that took long does not live longer.
  answer.created_at = rental.created_at;
  return answer;
}

record started_record(const record_context& with, const rental_image& rental, const bank_image& reserved,
                      const command_image& command) {
  record entry = fresh_record(with);
  json::object facts{{"bank", rental.bank_serial.text()},
                     {"slot", rental.slot},
                     {"price", to_text(rental.price)},
                     {"points", rental.paid.points_used}};
  if (rental.life.held > money{}) facts["held"] = to_text(rental.life.held);
  if (!rental.life.discount.is_nil()) facts["discount_hundredths"] = rental.life.discount_hundredths;
  if (!rental.life.free_for.is_nil()) {
    facts["vendor"] = rental.life.free_for.text();
    facts["free_day"] = business_date_text(rental.created_at);
  }
  add_state(entry, rental, {"rental-started", "4.8-2", with.now}, facts);
  entry.add(reserved);
  entry.add(command);
  if (command.state == command_state::sent) entry.add(ejection_sent_entry(command));
  // Until something better is known: whoever asks again after a restart is told what the first one would have
  // been told.
  entry.add(start_outcome(rental, 201, with.now));
  add_discount_use(entry, rental, discount_use_state::reserved);
  add_vendor_ejection(entry, rental, false);
  if (rental.life.held > money{}) add_hold(entry, with, rental);
  if (rental.price == money{}) return entry;
  entry.add(
      rental_charge{rental.id, charge_kind::base, 0, rental.price,
                    json::serialize(json::object{{"package", rental.package.id.text()},
                                                 {"duration_minutes", rental.package.duration_minutes}})});
  entry.add(rental_payment{rental.id, price_payment, rental.payment, rental.paid, false});
  posting charge = posting_of(with, rental, with.now);
  charge.id = ledger_journal_id{rental.payment.value};
  entry.add(rental_charge_journal(charge, rental.price, rental.paid));
  entry.add(price_transaction(rental, transaction_status::success));
  return entry;
}

record confirmed_record(const record_context& with, const rental_image& rental, const bank_image& out,
                        const std::optional<bank_image>& planned, const ejection_outcome& outcome) {
  record entry = fresh_record(with);
  const timestamp at = *rental.started_at;
  add_state(entry, rental, {"ejection-confirmed", outcome.rule, at}, outcome_facts(outcome));
  entry.add(out);
  if (planned) entry.add(*planned);
  add_evidence(entry, outcome);
  if (rental.price > money{}) {
    const auto earned =
        rental_earn_journal(posting_of(with, rental, at), rental.price, with.terms.vat_percent);
    entry.add(earned);
    // The first income of its kind: the book holds this one and nothing else.
    if (const auto& book = rental.life.revenue)
      add_share(entry, with, rental, earned, shared_part{income_kind::rental, book->shared.front()});
  }
  add_discount_use(entry, rental, discount_use_state::confirmed);
  entry.add(start_outcome(rental, 201, with.now));
  return entry;
}

record exchanged_record(const record_context& with, const rental_image& rental, const bank_image& released,
                        const bank_image& reserved, const std::optional<command_image>& old_command,
                        const command_image& command, const std::optional<cabinet_report>& report) {
  record entry = fresh_record(with);
  add_state(entry, rental, {"bank-exchanged", "4.8-6", with.now},
            {{"released", released.serial.text()}, {"reserved", reserved.serial.text()}});
  entry.add(released);
  entry.add(reserved);
  if (old_command) entry.add(*old_command);
  entry.add(command);
  if (report) entry.add(*report);
  return entry;
}

record doubted_record(const record_context& with, const rental_image& rental,
                      const ejection_outcome& outcome) {
  record entry = fresh_record(with);
  add_state(entry, rental, {"ejection-uncertain", outcome.rule, with.now}, outcome_facts(outcome));
  add_evidence(entry, outcome);
  return entry;
}

record cancelled_record(const record_context& with, const rental_image& rental, const bank_image& left,
                        const ejection_outcome& outcome) {
  record entry = fresh_record(with);
  add_state(entry, rental, {"rental-cancelled", outcome.rule, with.now}, outcome_facts(outcome));
  entry.add(left);
  add_evidence(entry, outcome);
  entry.add(start_outcome(rental, 409, with.now));
  add_discount_use(entry, rental, discount_use_state::released);
  add_vendor_ejection(entry, rental, true);
  if (rental.package.model == payment_model::postpaid && rental.paid.wallet() > money{}) {
    entry.add(hold_release_journal(posting_of(with, rental, with.now), rental.paid));
    entry.add(hold_transaction(rental, transaction_status::refunded));
  }
  if (rental.price == money{}) return entry;
  entry.add(rental_charge{rental.id, charge_kind::adjustment, rental.life.charges - 1, -rental.price,
                          json::serialize(json::object{{"why", "rental-cancelled"}})});
  entry.add(rental_payment{rental.id, rental.life.payments, rental.payment, negative(rental.paid), true});
  entry.add(rental_release_journal(posting_of(with, rental, with.now), rental.price, rental.paid));
  entry.add(price_transaction(rental, transaction_status::refunded));
  return entry;
}

record late_record(const record_context& with, const ejection_outcome& outcome) {
  record entry = fresh_record(with);
  add_evidence(entry, outcome);
  return entry;
}

record overdue_record(const record_context& with, const rental_image& rental) {
  record entry = fresh_record(with);
  add_state(entry, rental, {"rental-overdue", "3.11", *rental.due_at},
            {{"due_at", to_rfc3339(*rental.due_at)}});
  return entry;
}

record incident_record(const record_context& with, const rental_image& rental,
                       const ejection_outcome& outcome) {
  record entry = fresh_record(with);
  add_state(entry, rental, {"ejection-after-refutation", "4.8-9", outcome.at}, outcome_facts(outcome));
  if (outcome.report) entry.add(*outcome.report);
  return entry;
}

}  // namespace chautari
