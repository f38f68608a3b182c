#pragma once
/// Which part of a rental's income is shared with partners, and what is taken back of it, as pure functions:
/// the rental's own book (rental_life::revenue) says what was shared before, so no decision needs another
/// one.

#include <optional>
#include <vector>

#include "protocols/rentals/images.hpp"

namespace chautari {

/// One line of the book: an income that was shared, or (below zero) a part of it that is taken back.
struct shared_part {
  income_kind kind = income_kind::rental;
  income_share amounts;
};

/// This much more of this kind was earned: noted in the rental's book. Nothing if nobody shares in it.
std::optional<shared_part> share_income(rental_image& rental, income_kind kind, money gross);

/// The bill was corrected by `adjustment`, which the rental's life has already. More is income like any
/// other. Less is taken back in the order of `adjustment_journal`: out of the penalty first, which nobody
/// shared in, then of late fees, extensions and base; each kind's figures in proportion to what is left of
/// them, so that the last paisa of a kind takes its last share along.
[[nodiscard]] std::vector<shared_part> share_adjustment(rental_image& rental, money adjustment);

}  // namespace chautari
