#include "actors/rentals/revenue_rules.hpp"

#include <algorithm>
#include <array>

#include "protocols/rentals/bill.hpp"

namespace chautari {
namespace {

income_share& book_of(rental_image& rental, income_kind kind) {
  return rental.life.revenue->shared.at(static_cast<std::size_t>(kind));
}

/// What of the bill before this correction nobody shared in: all that earlier ones left of the penalty.
money unshared(const rental_image& rental, money adjustment) {
  money left = bill_of(rental).charged() - adjustment;
  for (const auto& of : rental.life.revenue->shared)
    left -= of.gross;
  return std::max(money{}, left);
}

}  // namespace

std::optional<shared_part> share_income(rental_image& rental, income_kind kind, money gross) {
  if (!rental.life.revenue || gross <= money{}) return {};
  const shared_part part{kind, share_of(gross, rental.life.revenue->terms)};
  income_share& book = book_of(rental, kind);
  book = book + part.amounts;
  return part;
}

std::vector<shared_part> share_adjustment(rental_image& rental, money adjustment) {
  if (!rental.life.revenue) return {};
  if (const auto more = share_income(rental, income_kind::rental, adjustment)) return {*more};
  money rest = -adjustment;
  rest -= std::min(rest, unshared(rental, adjustment));
  std::vector<shared_part> parts;
  for (const auto kind : {income_kind::late_fee, income_kind::extension, income_kind::rental}) {
    income_share& book = book_of(rental, kind);
    const money gross = std::min(rest, book.gross);
    if (gross == money{}) continue;
    parts.push_back({kind, -part_of(book, gross)});
    book = book + parts.back().amounts;
    rest -= gross;
  }
  return parts;
}

}  // namespace chautari
