#pragma once
#include <memory>
#include <unordered_map>
#include <vector>

#include "actors/rentals/rental_actor.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/rentals/recovery.hpp"

namespace chautari {

struct rentals_setup {
  std::size_t open_max = limits::open_rentals_max;
};

/// Finds the rental that a message means, by id, rider or bank, and gives birth to new ones. It only passes
/// on: what it is asked while a rental stores something waits at the rental, never here.
struct rentals_state {
  struct living {
    living_rental_actor rental;
    user_id rider;  ///< Nil if it was only woken to hear late news.
  };
  /// Its actor died; what the database knows of it is looked up.
  struct lost_rental {
    rental_id id;
    user_id rider;
    timestamp look_at;
    int tries = 0;
    bool is_looking = false;
  };

  rentals_state() = default;
  rentals_state(const rentals_state&) = delete;
  rentals_state& operator=(const rentals_state&) = delete;
  /// However the directory ends, its rentals end with it.
  ~rentals_state();

  rentals_directory_actor::pointer self = nullptr;
  rentals_setup setup;
  std::shared_ptr<const network> everybody;
  std::shared_ptr<const adopt_prices> prices;
  std::unordered_map<rental_id, living> by_id;
  std::vector<lost_rental> lost;
  std::uint64_t timer_revision = 0;
  std::unordered_map<user_id, rental_id> by_rider;  ///< Open and stored ones.
  std::unordered_map<bank_sn, rental_id> by_bank;   ///< Reserved or out.

  caf::result<start_answer> start(const start_rental& wish);
  caf::result<rental_image> look(const look_at_rental& wish);
  caf::result<open_rental_answer> find_open(const find_open_rental& wish);
  caf::result<outcome_noted> pass_on(const ejection_outcome& outcome);
  caf::result<bank_seen_answer> pass_on(const bank_seen& seen);
  void pass_on(const bank_taken& taken);
  /// To the rental that the message names; one that has ended is woken to answer.
  template <class Answer, class Message>
  caf::result<Answer> pass_to(rental_id rental, const Message& message) {
    if (!everybody || !prices) return caf::skip;
    if (const auto* known = find(rental)) return self->delegate(*known, message);
    if (is_lost(rental)) return refuse(rental_refusal::request_in_progress);
    if (by_id.size() >= setup.open_max) return refuse(rental_refusal::too_many_rentals);
    return self->delegate(give_birth(rental, {}), message);
  }
  void note(const rental_registered& news);
  void forget(const rental_unregistered& news);
  void adopt(const adopt_rentals& recovered);
  /// An actor that died of an error: what is stored of its rental lives on, what is not is taken back.
  void mourn(const caf::down_msg& down);
  void look_for_lost();

private:
  living_rental_actor give_birth(rental_id id, user_id rider);
  void adopt(const rental_image& image, const bank_image& bank);
  void found(rental_id id, const rental_lookup& stored);
  void look_later(rental_id id);
  /// It was not stored, or it is closed: nobody holds anything for it any more.
  void let_go(rental_id id);
  [[nodiscard]] lost_rental* find_lost(rental_id id);
  [[nodiscard]] bool is_lost(rental_id id) { return find_lost(id) != nullptr; }
  const living_rental_actor* find(rental_id id) const;
  const living_rental_actor* find_by_bank(bank_sn bank) const;
};

rentals_directory_actor::behavior_type rentals_directory(
    rentals_directory_actor::stateful_pointer<rentals_state> self, rentals_setup setup);

}  // namespace chautari
