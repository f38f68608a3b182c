#include "tests/support/memory_store.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "tests/support/memory_guards.hpp"

namespace chautari::testing {

/// One record on its way in: every change knows how to undo itself.
struct memory_transaction : memory_guards {
  std::vector<std::function<void()>> undo{};

  template <class Map>
  void put(Map& map, const typename Map::key_type& key, const typename Map::mapped_type& value) {
    auto found = map.find(key);
    if (found == map.end()) {
      undo.emplace_back([&map, key] { map.erase(key); });
      map.emplace(key, value);
    } else {
      undo.emplace_back([&map, key, old = found->second] { map[key] = old; });
      found->second = value;
    }
  }
  template <class Map>
  void put_once(Map& map, const typename Map::key_type& key, const typename Map::mapped_type& value,
                const char* guard) {
    if (map.count(key) > 0) broken_guard = guard;
    put(map, key, value);
  }
  template <class T>
  void append(std::vector<T>& rows, const T& row) {
    rows.push_back(row);
    undo.emplace_back([&rows] { rows.pop_back(); });
  }
  template <class Index, class Id>
  void index(Index& map, const typename Index::key_type& key, const Id& id, bool present) {
    const auto old = map[key];
    undo.emplace_back([&map, key, old] { map[key] = old; });
    if (present)
      map[key].insert(id);
    else
      map[key].erase(id);
  }
  void apply(const rental_image& part) {
    if (auto old = db.rentals.find(part.id); old != db.rentals.end()) {
      index(db.open_of_rider_, old->second.rider, part.id, false);
      index(db.open_of_bank_, old->second.bank, part.id, false);
      expect(part.revision > old->second.revision, "a rental's revision rises");
      expect(is_open(old->second.status) || !is_open(part.status), "a closed rental stays closed");
    }
    put(db.rentals, part.id, part);
    index(db.open_of_rider_, part.rider, part.id, is_open(part.status));
    index(db.open_of_bank_, part.bank, part.id, is_open(part.status) && !part.bank.is_nil());
    expect(!part.started_at || !part.ended_at || *part.ended_at >= *part.started_at, "ended before started");
    expect(part.late_fee_charged.paisa >= 0 && part.due.paisa >= 0 && part.price.paisa >= 0, "amount < 0");
  }
  void apply(const rental_log_entry& part) { append(db.rental_log, part); }
  void apply(const rental_charge& part) {
    put_once(db.charges, {part.rental, part.kind, part.n}, part, "rental_charge (rental, kind, n)");
  }
  void apply(const rental_payment& part) {
    put_once(db.payments, {part.rental, part.n}, part, "rental_payment (rental, n)");
  }
  void apply(const bank_image& part) {
    if (auto old = db.banks.find(part.id); old != db.banks.end()) {
      index(db.banks_of_slot_, {old->second.station, old->second.slot}, part.id, false);
      index(db.banks_of_serial_, old->second.serial, part.id, false);
    }
    put(db.banks, part.id, part);
    index(db.banks_of_slot_, {part.station, part.slot}, part.id, !part.station.is_nil());
    index(db.banks_of_serial_, part.serial, part.id, true);
    expect(!db.are_slots_checked_row_by_row || part.station.is_nil() ||
               db.banks_of_slot_[{part.station, part.slot}].size() <= 1,
           "one bank per slot, row by row");
    expect(part.station.is_nil() == (part.slot == 0), "a bank has a station and a slot or neither");
  }
  void apply(const bank_cycle& part) { append(db.cycles, part); }
  void apply(const slot_image& part) { put(db.slots, {part.station, part.number}, part); }
  void apply(const station_state_image& part) { put(db.station_states, part.station, part); }
  void apply(const station_status_change& part) {
    append(db.status_changes, part);
    expect(part.previous != part.status, "no change, no row");
  }
  void apply(const command_image& part) { put(db.commands, part.id, part); }
  void apply(const cabinet_report& part) {
    if (!part.dedupe_key.empty()) {
      if (db.dedupe_keys.count(part.dedupe_key) > 0) return;  // The same fact told twice is one row.
      db.dedupe_keys.insert(part.dedupe_key);
      undo.emplace_back([this, key = part.dedupe_key] { db.dedupe_keys.erase(key); });
    }
    put(db.reports, part.id, part);
  }
  void apply(const cabinet_log_entry& part) { append(db.cabinet_log, part); }
  void apply(const ledger_journal& part) {
    put_once(db.journals, part.event_key, part, "ledger_journal.event_key");
    std::map<commodity, std::int64_t> sums;
    for (const auto& line : part.lines) {
      expect((line.debit > 0) != (line.credit > 0) && line.debit >= 0 && line.credit >= 0,
             "a line is debit or credit");
      sums[line.unit] += line.debit - line.credit;
      const ledger_key key{line.code, line.owner, line.unit};
      put(db.balances, key, db.balances[key] + line.credit - line.debit);
    }
    for (const auto& [unit, sum] : sums)
      expect(sum == 0, "a journal balances");
    for (const auto& line : part.lines) {
      static constexpr std::array guarded{"2000", "2001", "2010", "2050", "P200"};
      const bool is_guarded = std::find(guarded.begin(), guarded.end(), line.code) != guarded.end();
      expect(!is_guarded || db.balances[{line.code, line.owner, line.unit}] >= 0, "balance below zero");
    }
  }
  void apply(const transaction_image& part) { put(db.transactions, part.id, part); }
  void apply(const user_image& part) { put(db.users, part.id, part); }
  void apply(const session_image& part) { put(db.sessions, part.id, part); }
  void apply(const refresh_token_image& part) { put(db.refresh_tokens, part.id, part); }
  void apply(const otp_image& part) { put(db.otps, part.identifier + '|' + part.purpose, part); }
  void apply(const verification_token_image& part) { put(db.verification_tokens, part.hash, part); }
  void apply(const favourite_image& part) { put(db.favourites, {part.rider, part.station}, part); }
  void apply(const stored_answer& part) { put(db.answers, part.id, part); }
  void apply(const outbox_message& part) { put(db.outbox, part.id, part); }
  void apply(const operator_image& part) { put(db.operators, part.id, part); }
  void apply(const operator_session_image& part) { put(db.operator_sessions, part.id, part); }
  void apply(const audit_entry& part) {
    const bool is_known = std::any_of(db.audit_log.begin(), db.audit_log.end(),
                                      [&](const auto& entry) { return entry.id == part.id; });
    if (!is_known) append(db.audit_log, part);
  }
  void apply(const station_image& part) { put(db.stations, part.id, part); }
  void apply(const station_issue_image& part) {
    put(db.issues, part.id, part);
    expect(part.description.size() >= 10, "an issue is described");
    expect(part.status != issue_status::resolved || part.resolved_at, "a resolved issue has its time");
  }
  void apply(const amenity_image& part) { put(db.amenities, part.id, part); }
  void apply(const referral_image& part) {
    put(db.referrals, part.id, part);
    expect(!(part.inviter == part.invitee), "nobody invites oneself");
  }

  void apply(const rental_extension& part) {
    put_once(db.extensions, part.id, part, "rental_extension.id");
    expect(part.extended_minutes >= 1 && part.cost.paisa >= 0, "an extension extends");
  }
  void apply(const rental_swap& part) {
    put_once(db.swaps, {part.rental, part.n}, part, "rental_swap (rental, n)");
    expect(!(part.old_bank == part.new_bank), "a swap has two banks");
  }
  void apply(const rental_location& part) { append(db.locations, part); }
  void apply(const rental_issue_image& part) {
    put(db.rental_issues, part.id, part);
    expect(part.description.size() >= 10, "an issue is described");
    expect(!part.is_resolved || part.resolved_at, "a resolved issue has its time");
  }
  void apply(const broker_account_image& part) { put(db.broker_accounts, part.cabinet, part); }
  void apply(const stranger_image& part) { put(db.strangers, part.cabinet, part); }
  void apply(const payment_intent& part) {
    const auto known = db.intents.find(part.id);
    expect(known == db.intents.end() || known->second.version == part.version - 1,
           "an intent's next version");
    put(db.intents, part.id, part);
    expect((part.order_state == order_status::none) == !part.order, "an order has a snapshot");
    const bool is_paid = part.status == intent_status::completed || part.status == intent_status::review;
    expect(!is_paid || (!part.provider_ref.empty() && part.paid > money{}), "a paid intent has a reference");
    const bool goes_on =
        part.order_state == order_status::processing || part.order_state == order_status::success;
    expect(!goes_on || part.status == intent_status::completed, "only paid orders go on");
  }

  // -- prices: few, so that undoing is putting the whole list back
  void remember_prices() {
    undo.emplace_back([this, old = db.prices] { db.prices = old; });
  }
  template <class Row>
  static void put_row(std::vector<Row>& rows, const Row& row) {
    const auto same =
        std::find_if(rows.begin(), rows.end(), [&](const Row& one) { return one.id == row.id; });
    if (same == rows.end())
      rows.push_back(row);
    else
      *same = row;
  }
  template <class Row>
  void remove_row(std::vector<Row>& rows, const boost::uuids::uuid& id) {
    const auto gone = std::erase_if(rows, [&](const Row& one) { return one.id.value == id; });
    expect(gone == 1, "a price row that is removed was there");
  }
  void apply(const rental_package& part) {
    remember_prices();
    put_row(db.prices.packages, part);
    std::stable_sort(db.prices.packages.begin(), db.prices.packages.end(),
                     [](const auto& a, const auto& b) { return a.duration_minutes < b.duration_minutes; });
  }
  void apply(const late_fee_configuration& part) {
    remember_prices();
    put_row(db.prices.late_fees, part);
    std::stable_sort(db.prices.late_fees.begin(), db.prices.late_fees.end(),
                     [](const auto& a, const auto& b) { return a.name < b.name; });
    db.prices.active_late_fee.reset();
    for (const auto& known : db.prices.late_fees) {
      if (known.is_active) db.prices.active_late_fee = known.terms;
    }
  }
  /// The counters are the sums of the uses.
  void apply(station_discount part) {
    remember_prices();
    expect(part.valid_from < part.valid_until, "a discount begins before it ends");
    part.used = part.reserved = 0;
    for (const auto& known : db.prices.discounts) {
      if (!(known.id == part.id)) continue;
      part.used = known.used;
      part.reserved = known.reserved;
    }
    if (!is_known(db.prices.discounts, part.id)) {
      db.prices.discounts.insert(db.prices.discounts.begin(), part);
    } else {
      put_row(db.prices.discounts, part);
    }
  }
  template <class Row, class Id>
  static bool is_known(const std::vector<Row>& rows, const Id& id) {
    return std::any_of(rows.begin(), rows.end(), [&](const Row& one) { return one.id == id; });
  }
  void apply(const discount_use& part) {
    const auto known = db.discount_uses.find({part.discount, part.rental});
    const bool is_new = known == db.discount_uses.end();
    const auto was = is_new ? discount_use_state::released : known->second.state;
    const bool is_refund = was == discount_use_state::confirmed && part.state == discount_use_state::released;
    if (!is_new && was != discount_use_state::reserved && !is_refund) return;  // It stays so.
    remember_prices();
    for (auto& discount : db.prices.discounts) {
      if (!(discount.id == part.discount)) continue;
      const auto change = [&](discount_use_state state) {
        return (part.state == state ? 1 : 0) - (was == state ? 1 : 0);
      };
      discount.used += change(discount_use_state::confirmed);
      discount.reserved += change(discount_use_state::reserved);
      expect(!discount.total_uses_max || discount.used + discount.reserved <= *discount.total_uses_max,
             "a discount is not overdrawn");
    }
    put(db.discount_uses, {part.discount, part.rental}, part);
  }
  void apply(const business_partner& part) {
    remember_prices();
    put_row(db.prices.partners, part);
  }
  void apply(const station_partner& part) {
    remember_prices();
    auto& rows = db.prices.station_partners;
    put_row(rows, part);
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.station.value < b.station.value; });
  }
  void apply(const revenue_distribution& part) {
    put_once(db.distributions, part.event_key, part, "revenue_distribution.event_key");
    expect(part.is_reversal == (part.amounts.gross < money{}), "what is taken back is below zero");
  }
  void apply(const vendor_ejection& part) { put(db.vendor_ejections, part.rental, part); }
  void apply(const price_row_removed& part) {
    remember_prices();
    const auto refers = [&part](const auto& entry) {
      return entry.second.discount.value == part.id && entry.second.state != discount_use_state::released;
    };
    const auto is_meant = [&part](const auto& row) { return row.id.value == part.id && row.is_active; };
    const auto has_package = [&part](const auto& row) { return row.package.value == part.id; };
    const auto& prices = db.prices;
    expect(std::none_of(db.discount_uses.begin(), db.discount_uses.end(), refers) &&
               std::none_of(prices.late_fees.begin(), prices.late_fees.end(), is_meant) &&
               std::none_of(prices.discounts.begin(), prices.discounts.end(), has_package),
           "a price row that is removed is referred to by nothing");
    switch (part.table) {
      case price_table::packages:
        return remove_row(db.prices.packages, part.id);
      case price_table::late_fees:
        return remove_row(db.prices.late_fees, part.id);
      case price_table::discounts:
        return remove_row(db.prices.discounts, part.id);
      case price_table::partners:
        return remove_row(db.prices.partners, part.id);
      case price_table::station_partners:
        return;
    }
  }

  /// The unique indexes; asked when the whole record is in, as deferred ones would be.
  void check_unique(const record& entry) {
    for (const auto& part : entry.parts) {
      if (const auto* rental = std::get_if<rental_image>(&part)) {
        expect(db.open_of_rider_[rental->rider].size() <= 1, "one open rental per rider");
        expect(rental->bank.is_nil() || db.open_of_bank_[rental->bank].size() <= 1,
               "one open rental per bank");
      } else if (const auto* bank = std::get_if<bank_image>(&part)) {
        expect(bank->station.is_nil() || db.banks_of_slot_[{bank->station, bank->slot}].size() <= 1,
               "one bank per slot");
        expect(db.banks_of_serial_[bank->serial].size() <= 1, "a serial number is unique");
      } else if (const auto* user = std::get_if<user_image>(&part)) {
        check_user(*user);
      }
      std::visit(
          [this]<class Part>(const Part& image) {
            if constexpr (requires { check_only(image); }) check_only(image);
          },
          part);
    }
  }
};

std::optional<journal_refusal> memory_store::store(const record& entry) {
  if (journal_refuses) return journal_refuses;
  if (is_unreachable && is_unreachable(entry)) return journal_refusal::unavailable;
  if (records.count(entry.id) > 0) return {};
  memory_transaction transaction{{*this}};
  for (const auto& part : entry.parts)
    std::visit([&](const auto& row) { transaction.apply(row); }, part);
  transaction.check_unique(entry);
  if (!transaction.broken_guard.empty()) {
    std::for_each(transaction.undo.rbegin(), transaction.undo.rend(), [](auto& step) { step(); });
    ++conflicts;
    last_conflict = transaction.broken_guard;
    return journal_refusal::conflict;
  }
  records.insert(entry.id);
  if (after_each) after_each(entry);
  return {};
}

}  // namespace chautari::testing
