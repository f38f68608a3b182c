/// What is asked of the memory store: by tests, and by a server that starts.

#include <algorithm>
#include <array>
#include <cstdlib>

#include "protocols/rentals/bill.hpp"
#include "tests/support/memory_store.hpp"

namespace chautari::testing {

const bank_image* memory_store::find_bank(bank_sn serial) const {
  const auto found = banks_of_serial_.find(serial);
  if (found == banks_of_serial_.end() || found->second.empty()) return nullptr;
  return &banks.at(*found->second.begin());
}

std::int64_t memory_store::balance(const std::string& code, boost::uuids::uuid owner, commodity unit) const {
  const auto found = balances.find({code, owner, unit});
  return found == balances.end() ? 0 : found->second;
}

std::string memory_store::bill_problem(const rental_image& rental) const {
  const auto bill = bill_of(rental);
  // What was assessed of a late fee while the bank is out is no row yet.
  money charged = is_open(rental.status) ? rental.late_fee_charged : money{};
  for (auto row = charges.lower_bound({rental.id, charge_kind::base, 0});
       row != charges.end() && row->second.rental == rental.id; ++row)
    charged += row->second.amount;
  money paid;
  std::int64_t rows = 0;
  for (auto row = payments.lower_bound({rental.id, 0});
       row != payments.end() && row->second.rental == rental.id; ++row, ++rows)
    paid += row->second.split.total();
  const auto told = [&](const char* what, money is, money should) {
    return rental.code + ' ' + what + ' ' + std::to_string(is.paisa) + ", its rows say " +
           std::to_string(should.paisa);
  };
  if (charged != bill.charged()) return told("was charged", bill.charged(), charged);
  // Points are whole: each payment may be up to nine paisa more than what it settles.
  if (std::abs((paid - bill.paid).paisa) > rows * (paisa_per_point - 1))
    return told("was paid", bill.paid, paid);
  if (!is_open(rental.status) && rental.due != bill.due()) return told("owes", rental.due, bill.due());
  return {};
}

std::string memory_store::share_problem(const rental_image& rental) const {
  std::array<income_share, income_kinds> written{};
  money gross;
  for (const auto& [key, shared] : distributions) {
    if (!(shared.rental == rental.id)) continue;
    auto& kind = written.at(static_cast<std::size_t>(shared.kind));
    kind = kind + shared.amounts;
    gross += shared.amounts.gross;
    std::int64_t posted = 0;
    if (const auto journal = journals.find(key); journal != journals.end())
      for (const auto& line : journal->second.lines)
        posted += line.code == "5100" ? line.debit - line.credit : 0;
    if (posted != (shared.amounts.franchise + shared.amounts.vendor).paisa)
      return key + " is not in the ledger";
  }
  const auto& book = rental.life.revenue;
  if (written != (book ? book->shared : std::array<income_share, income_kinds>{}))
    return "its book is not the sum of its distributions";
  if (!book || is_open(rental.status)) return {};
  // Everything that was charged in the end is shared, but for what is left of a penalty.
  const auto& life = rental.life;
  const money penalty = std::max(money{}, life.lost_penalty_charged + std::min(money{}, life.adjustment));
  const money shared = bill_of(rental).charged() - penalty;
  if (gross != shared) return "shares " + to_text(gross) + " of " + to_text(shared);
  return {};
}

bool memory_store::has_logged(std::string_view kind) const {
  return std::any_of(cabinet_log.begin(), cabinet_log.end(),
                     [&](const auto& entry) { return entry.kind == kind; });
}

network_image memory_store::recover() const {
  network_image image;
  for (const auto& [id, facts] : stations) {
    if (facts.is_deleted) continue;
    recovered_station one{facts, {}, {}, {}};
    one.state.station = id;
    if (const auto state = station_states.find(id); state != station_states.end()) one.state = state->second;
    for (auto slot = slots.lower_bound({id, 0}); slot != slots.end() && slot->first.first == id; ++slot)
      one.slots.push_back(slot->second);
    for (const auto& [bank_key, bank] : banks) {
      if (bank.station == id) one.banks.push_back(bank);
    }
    image.stations.push_back(std::move(one));
  }
  for (const auto& [id, rental] : rentals) {
    if (is_open(rental.status)) image.open_rentals.push_back(rental);
  }
  for (const auto& rental : image.open_rentals) {
    if (const auto bank = banks.find(rental.bank); bank != banks.end())
      image.rented_banks.push_back(bank->second);
  }
  for (const auto& [id, command] : commands) {
    if (is_open(command.state)) image.open_commands.push_back(command);
  }
  for (const auto& [id, intent] : intents) {
    if (is_live(intent.status, intent.order_state)) image.live_intents.push_back(intent);
  }
  image.prices = prices;
  for (const auto& [id, session] : sessions) {
    if (session.revoked_at) image.revoked_sessions.push_back({id, *session.revoked_at});
  }
  for (const auto& [id, user] : users) {
    if (user.status != user_status::active) image.barred_users.push_back(id);
  }
  for (const auto& [id, person] : operators)
    image.operators.operators.push_back(person);
  for (const auto& [id, session] : operator_sessions) {
    if (!session.revoked_at) image.operators.sessions.push_back(session);
  }
  for (const auto& [id, amenity] : amenities) {
    if (!amenity.is_deleted) image.amenities.push_back(amenity);
  }
  return image;
}

}  // namespace chautari::testing
