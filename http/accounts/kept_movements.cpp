#include "http/accounts/kept_movements.hpp"

#include <utility>

namespace chautari {

const kept_movements::movements* kept_movements::find(user_id rider, std::uint64_t revision) {
  const auto found = known_.find(rider);
  if (found == known_.end() || found->second->revision != revision) return nullptr;
  recent_.splice(recent_.begin(), recent_, found->second);
  return &found->second->newest;
}

void kept_movements::keep(user_id rider, std::uint64_t revision, movements newest) {
  if (const auto found = known_.find(rider); found != known_.end()) {
    entry& kept = *found->second;
    if (kept.revision > revision) return;
    kept.revision = revision;
    kept.newest = std::move(newest);
    recent_.splice(recent_.begin(), recent_, found->second);
    return;
  }
  if (known_.size() >= riders_max_ && !recent_.empty()) {
    known_.erase(recent_.back().rider);
    recent_.pop_back();
  }
  recent_.push_front({rider, revision, std::move(newest)});
  known_.emplace(rider, recent_.begin());
}

}  // namespace chautari
