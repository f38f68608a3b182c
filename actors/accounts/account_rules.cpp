#include "actors/accounts/account_rules.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

constexpr point_count points_per_rupee = 100 / paisa_per_point;

/// Points for at most / at least this amount.
constexpr point_count floor_points(money amount) { return amount.paisa / paisa_per_point; }
constexpr point_count ceil_points(money amount) {
  return (amount.paisa + paisa_per_point - 1) / paisa_per_point;
}

payment_split from_wallet(const purse& available, money amount, point_count points) {
  const money goodwill = std::min(available.goodwill, amount);
  return {amount - goodwill, goodwill, points};
}

caf::error short_of(const purse& available, money amount, money wallet_shortfall,
                    point_count points_shortfall) {
  boost::json::object context{{"required", to_text(amount)},
                              {"available", to_text(available.wallet())},
                              {"wallet_shortfall", to_text(wallet_shortfall)},
                              {"points_shortfall", points_shortfall}};
  return refuse(rental_refusal::insufficient_balance, boost::json::serialize(context));
}

caf::expected<payment_split> split_as_wished(const purse& available, const hold_funds& wish) {
  if (!wish.wallet_amount || !wish.points_to_use || wish.mode != payment_mode::wallet_points)
    return refuse(rental_refusal::invalid_wallet_points_split);
  const money wallet = *wish.wallet_amount;
  const point_count points = *wish.points_to_use;
  if (wallet.paisa < 0 || points < 0) return refuse(rental_refusal::invalid_wallet_points_split);
  // Compared before multiplied: no number of points can overflow.
  if (points > ceil_points(wish.amount) || wallet + value_of(points) != wish.amount)
    return refuse(rental_refusal::split_total_mismatch);
  const money wallet_shortfall = std::max(money{}, wallet - available.wallet());
  const point_count points_shortfall = std::max<point_count>(0, points - available.points);
  if (wallet_shortfall > money{} || points_shortfall > 0)
    return short_of(available, wish.amount, wallet_shortfall, points_shortfall);
  return from_wallet(available, wallet, points);
}

/// Every point that the amount can take; the last one may overpay by less than its value if the wallet could
/// not help otherwise.
payment_split all_points_first(const purse& available, money amount) {
  const point_count points = std::min(available.points, floor_points(amount));
  const money rest = amount - value_of(points);
  if (rest > available.wallet() && available.points >= ceil_points(amount))
    return {{}, {}, ceil_points(amount)};
  return from_wallet(available, rest, points);
}

/// Points by whole rupees first (stations_rentals_devices 3.4: of 325 points 320 are used). Single points
/// only where the wallet alone could not pay the rest (users_money 2.2).
payment_split points_first(const purse& available, money amount) {
  const point_count whole_rupees = available.points / points_per_rupee * points_per_rupee;
  const point_count points = std::min(whole_rupees, floor_points(amount));
  const payment_split by_rupees = from_wallet(available, amount - value_of(points), points);
  if (by_rupees.wallet() <= available.wallet()) return by_rupees;
  const payment_split by_points = all_points_first(available, amount);
  return by_points.wallet() <= available.wallet() ? by_points : by_rupees;
}

}  // namespace

caf::expected<payment_split> split_payment(const purse& available, const hold_funds& wish) {
  if (wish.is_postpaid_hold) {
    if (wish.amount <= available.wallet()) return from_wallet(available, wish.amount, 0);
    boost::json::object context{{"required", to_text(wish.amount)},
                                {"available", to_text(available.wallet())}};
    return refuse(rental_refusal::insufficient_postpaid_balance, boost::json::serialize(context));
  }
  if (wish.as_far_as_possible) {
    payment_split split = all_points_first(available, wish.amount);
    if (split.wallet() > available.wallet())
      split = from_wallet(available, available.wallet(), split.points_used);
    return split;
  }
  if (wish.wallet_amount || wish.points_to_use) return split_as_wished(available, wish);
  switch (wish.mode) {
    case payment_mode::wallet:
      if (wish.amount > available.wallet())
        return short_of(available, wish.amount, wish.amount - available.wallet(), 0);
      return from_wallet(available, wish.amount, 0);
    case payment_mode::points: {
      const point_count needed = ceil_points(wish.amount);
      if (needed > available.points) {
        const money shortfall = wish.amount - value_of(available.points);
        return short_of(available, wish.amount, shortfall, needed - available.points);
      }
      return payment_split{{}, {}, needed};
    }
    case payment_mode::wallet_points: {
      const payment_split split = points_first(available, wish.amount);
      if (split.wallet() > available.wallet())
        return short_of(available, wish.amount, split.wallet() - available.wallet(), 0);
      return split;
    }
    case payment_mode::direct:
      break;
  }
  return refuse(rental_refusal::payment_mode_not_supported);
}

purse account_memory::spendable() const {
  purse free{facts.cash, facts.goodwill, facts.current_points};
  for (const auto& [rental, held] : holds) {
    free.cash -= held.wallet_cash;
    free.goodwill -= held.wallet_goodwill;
    free.points -= held.points_used;
  }
  return free;
}

namespace {

void drop_texts(std::deque<stored_answer>& answers) {
  for (std::size_t at = whole_answers_max; at < answers.size(); ++at) {
    auto& old = answers[at];
    if (old.status == 0) continue;  // Still open.
    old.data = std::string{};
    old.route = std::string{};
  }
}

}  // namespace

bool is_whole(const stored_answer& answer) { return answer.status == 0 || !answer.data.empty(); }

account_memory remember(account_facts facts, timestamp now, std::uint64_t first_revision) {
  account_memory memory;
  memory.answers.assign(facts.answers.begin(), facts.answers.end());
  memory.remembers_all_answers = facts.answers.size() < limits::stored_answers_max;
  facts.answers = {};
  drop_texts(memory.answers);
  memory.bonus_day = business_day(now);
  memory.updated_at = now;
  memory.revision = first_revision;
  memory.facts = std::move(facts);
  return memory;
}

void remember_answer(account_memory& memory, stored_answer answer) {
  const auto same = std::find_if(memory.answers.begin(), memory.answers.end(),
                                 [&](const auto& known) { return known.id == answer.id; });
  if (same != memory.answers.end()) {
    *same = std::move(answer);
    return drop_texts(memory.answers);
  }
  memory.answers.push_front(std::move(answer));
  drop_texts(memory.answers);
  if (memory.answers.size() <= limits::stored_answers_max) return;
  memory.answers.pop_back();
  memory.remembers_all_answers = false;
}

const stored_answer* find_answer(const account_memory& memory, command_id command, timestamp now) {
  const auto found = std::find_if(memory.answers.begin(), memory.answers.end(),
                                  [&](const auto& answer) { return answer.id == command; });
  if (found == memory.answers.end() || found->created_at + answer_life <= now) return nullptr;
  return &*found;
}

caf::expected<admission> replay(const stored_answer& answer, std::uint64_t body_hash) {
  if (answer.body_hash != body_hash) return refuse(rental_refusal::idempotency_key_reused);
  if (answer.status == 0) return refuse(rental_refusal::request_in_progress);
  return admission{{}, answer.status, answer.data};
}

std::optional<caf::error> refuse_start(const account_memory& memory, const admit_rental& wish) {
  if (memory.running && memory.running->command == wish.command) {
    const bool is_same = memory.running->body_hash == wish.body_hash;
    return refuse(is_same ? rental_refusal::request_in_progress : rental_refusal::idempotency_key_reused);
  }
  const account_facts& facts = memory.facts;
  if (facts.user.status != user_status::active)
    return refuse(rental_refusal::rental_prerequisites_not_met, R"({"missing":["active_account"]})");
  const rental_id open = memory.running ? memory.running->rental : facts.open_rental;
  if (!open.is_nil()) {
    const bool is_overdue = !memory.running && facts.open_status == rental_status::overdue;
    boost::json::object context{{"rental_id", open.text()}};
    return refuse(is_overdue ? rental_refusal::overdue_rental_exists : rental_refusal::active_rental_exists,
                  boost::json::serialize(context));
  }
  if (!facts.unpaid_rental.is_nil()) {
    boost::json::object context{{"rental_id", facts.unpaid_rental.text()}, {"amount", to_text(facts.unpaid)}};
    return refuse(rental_refusal::unpaid_rental_exists, boost::json::serialize(context));
  }
  return {};
}

bool may_award_timely_bonus(const account_memory& memory, timestamp now, std::int32_t awards_per_day_max) {
  return memory.bonus_day != business_day(now) || memory.facts.timely_bonuses_today < awards_per_day_max;
}

bool apply(account_memory& memory, const funds_moved& moved, timestamp now) {
  ++memory.revision;
  const auto hold = memory.holds.find(moved.rental);
  if (hold == memory.holds.end()) return false;
  const payment_split held = hold->second;
  memory.holds.erase(hold);
  account_facts& facts = memory.facts;
  if (moved.captured) {
    facts.cash -= held.wallet_cash;
    facts.goodwill -= held.wallet_goodwill;
    facts.current_points -= held.points_used;
  }
  facts.cash += moved.refunded.wallet_cash;
  facts.goodwill += moved.refunded.wallet_goodwill;
  facts.current_points += moved.refunded.points_used + moved.points_awarded;
  facts.total_points_earned += moved.points_awarded;
  facts.held += moved.held_change;
  if (moved.timely_bonus) {
    if (memory.bonus_day != business_day(now)) facts.timely_bonuses_today = 0;
    memory.bonus_day = business_day(now);
    ++facts.timely_bonuses_today;
  }
  memory.updated_at = now;
  return true;
}

void apply(account_memory& memory, const rental_place& place) {
  ++memory.revision;
  account_facts& facts = memory.facts;
  if (memory.running && memory.running->rental == place.rental) memory.running.reset();
  if (place.is_open) {
    facts.open_rental = place.rental;
    facts.open_status = place.status;
  } else if (facts.open_rental == place.rental) {
    facts.open_rental = {};
  }
  if (place.due > money{}) {
    facts.unpaid_rental = place.rental;
    facts.unpaid = place.due;
  } else if (facts.unpaid_rental == place.rental) {
    facts.unpaid_rental = {};
    facts.unpaid = {};
  }
  if (place.answer) remember_answer(memory, *place.answer);
}

wallet_view credited(wallet_view wallet, money amount, timestamp now) {
  wallet.cash += amount;
  wallet.total_topup += amount;
  wallet.updated_at = now;
  ++wallet.revision;
  return wallet;
}

void apply_credit(account_memory& memory, money amount, std::optional<stored_answer> answer, timestamp now) {
  memory.facts.cash += amount;
  memory.facts.total_topup += amount;
  memory.updated_at = now;
  ++memory.revision;
  if (answer) remember_answer(memory, std::move(*answer));
}

wallet_view wallet_of(const account_memory& memory) {
  const account_facts& facts = memory.facts;
  wallet_view view;
  view.rider = facts.user.id;
  view.username = facts.user.username;
  view.status = facts.user.status;
  view.cash = facts.cash;
  view.goodwill = facts.goodwill;
  view.held = facts.held;
  for (const auto& [rental, held] : memory.holds)
    view.held += held.wallet();
  view.current_points = facts.current_points;
  view.total_points_earned = facts.total_points_earned;
  view.total_topup = facts.total_topup;
  view.updated_at = memory.updated_at;
  view.revision = memory.revision;
  return view;
}

}  // namespace chautari
