#pragma once
/// The sync clerk: one report of a bridge at a time becomes what a cabinet's own frame would have been. A
/// picture goes to the kiosk; a return goes the way of a 0x40, and its answer says what became of the rental.

#include <boost/json/object.hpp>
#include <caf/all.hpp>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "protocols/kiosks/sync.hpp"
#include "protocols/operations/network.hpp"

namespace chautari {

using sync_clerk_newcomer = sync_clerk_actor::extend_with<newcomer_actor>;

/// What was heard of a bridge lately, so that nothing counts twice. Pure.
struct sync_memory {
  struct heard_signature {
    std::string signature;
    timestamp at;
  };
  std::deque<heard_signature> order;  ///< Oldest first.
  std::unordered_set<std::string> signatures;
  std::unordered_map<imei, std::int64_t> sequences;  ///< Of the newest picture of each cabinet.

  enum class novelty : std::uint8_t { is_new, heard_before, no_room };
  [[nodiscard]] novelty hear(const std::string& signature, timestamp now);
  /// False: a newer one came before.
  [[nodiscard]] bool is_newest(const imei& cabinet, std::int64_t sequence) const;
};

struct sync_clerk_state {
  static constexpr const char* name = "sync_clerk";
  using promise_type = caf::typed_response_promise<sync_answer>;
  /// One report on its way.
  struct job {
    cabinet_sync said;
    promise_type promise;
    timestamp at;        ///< Now, or when it was said if that is earlier.
    station_view place;  ///< The cabinet's station, once it is known.
  };
  using job_ptr = std::shared_ptr<job>;

  sync_clerk_newcomer::pointer self = nullptr;
  std::shared_ptr<const network> world;
  sync_memory memory;
  std::unordered_set<command_id> under_way;

  promise_type take(const cabinet_sync& said);

private:
  void answered_before(const job_ptr& one, bool is_repeated);
  void find_station(const job_ptr& one);
  void work(const job_ptr& one, const synced_status& what);
  void work(const job_ptr& one, const synced_picture& what);
  void judge(const job_ptr& one, const synced_picture& what);
  void count_returns(const job_ptr& one, const synced_picture& what);
  void work(const job_ptr& one, const synced_return& what);
  void find_rental(const job_ptr& one, const synced_return& what, const bank_image& bank);
  void put_in(const job_ptr& one, const synced_return& what, const rental_id& rental);
  void tell_rental(const job_ptr& one, const bank_seen& seen, const rental_id& rental);
  void show_rental(const job_ptr& one, const rental_id& rental);
  /// Stores the answer with a line of the cabinet's log, then gives it.
  void finish(const job_ptr& one, const boost::json::object& data, const std::string& kind);
  void refuse_with(const job_ptr& one, const caf::error& why);
  /// For requests whose failure ends the job.
  [[nodiscard]] std::function<void(const caf::error&)> giving_up(const job_ptr& one);
};

sync_clerk_newcomer::behavior_type sync_clerk(sync_clerk_newcomer::stateful_pointer<sync_clerk_state> self);

}  // namespace chautari
