#include "actors/pricing/discount_uses.hpp"

#include <algorithm>

#include "protocols/base/limits.hpp"

namespace chautari {

const discount_uses::book* discount_uses::find(discount_id discount) const {
  const auto found = books_.find(discount);
  return found == books_.end() ? nullptr : &found->second;
}

void discount_uses::adopt(discount_id discount, std::int32_t confirmed) {
  books_[discount].confirmed = confirmed;
}

void discount_uses::adopt(const recovered_claim& claim) {
  if (claim.is_confirmed)
    remember_confirmed(claim.rental, claim.rider);
  else
    books_[claim.discount].reserved.emplace(claim.rental, claim.rider);
}

std::int32_t discount_uses::confirmed(discount_id discount) const {
  const auto* of = find(discount);
  return of == nullptr ? 0 : of->confirmed;
}

std::int32_t discount_uses::reserved(discount_id discount) const {
  const auto* of = find(discount);
  return of == nullptr ? 0 : static_cast<std::int32_t>(of->reserved.size());
}

bool discount_uses::is_reserved(discount_id discount, rental_id rental) const {
  const auto* of = find(discount);
  return of != nullptr && of->reserved.contains(rental);
}

std::optional<std::int32_t> discount_uses::uses_of(discount_id discount, user_id rider) const {
  const auto* of = find(discount);
  if (of == nullptr) return {};
  const auto known = of->riders.find(rider);
  return known == of->riders.end() ? std::nullopt : std::optional{known->second.uses};
}

void discount_uses::reserve(discount_id discount, rental_id rental, user_id rider, std::int32_t uses_before) {
  auto& of = books_[discount];
  if (!of.riders.contains(rider)) {
    // Claims from before a restart are on disk, and so in the count.
    const auto earlier = std::count_if(of.reserved.begin(), of.reserved.end(),
                                       [&](const auto& one) { return one.second == rider; });
    of.riders[rider] = {uses_before, static_cast<std::int32_t>(earlier)};
  }
  auto& his = of.riders[rider];
  ++his.uses;
  ++his.reserved;
  of.reserved.emplace(rental, rider);
}

bool discount_uses::settle(const discount_settled& news) {
  const auto found = books_.find(news.discount);
  if (found == books_.end() || news.state == discount_use_state::reserved) return false;
  auto& of = found->second;
  const bool is_used = news.state == discount_use_state::confirmed;
  const auto claim = of.reserved.find(news.rental);
  if (claim != of.reserved.end()) {
    const auto rider = claim->second;
    of.reserved.erase(claim);
    if (const auto his = of.riders.find(rider); his != of.riders.end()) {
      if (!is_used) --his->second.uses;
      if (--his->second.reserved == 0) of.riders.erase(his);
    }
    if (!is_used) return true;
    ++of.confirmed;
    remember_confirmed(news.rental, rider);
    return true;
  }
  // A use that was confirmed and is refunded.
  const auto refunded = confirmed_.find(news.rental);
  if (is_used || refunded == confirmed_.end()) return false;
  if (const auto his = of.riders.find(refunded->second); his != of.riders.end()) --his->second.uses;
  confirmed_.erase(refunded);
  --of.confirmed;
  return true;
}

void discount_uses::remember_confirmed(rental_id rental, user_id rider) {
  if (!confirmed_.emplace(rental, rider).second) return;
  confirmed_in_order_.push_back(rental);
  if (confirmed_in_order_.size() <= limits::confirmed_uses_max) return;
  confirmed_.erase(confirmed_in_order_.front());
  confirmed_in_order_.pop_front();
}

}  // namespace chautari
