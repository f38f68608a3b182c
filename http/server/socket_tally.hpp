#pragma once
/// How many WebSockets each caller has open, over all lanes. The one thing lanes share: a lock when a counted
/// socket opens and when it closes, never between.

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace chautari {

class socket_tally {
public:
  /// False if the caller has `most` open already.
  [[nodiscard]] bool enter(const std::string& caller_key, std::size_t most) {
    const std::lock_guard hold{guard_};
    auto& open = open_[caller_key];
    if (open >= most) return false;  // An entry of zero is never refused and so never left behind.
    ++open;
    return true;
  }

  void leave(const std::string& caller_key) {
    const std::lock_guard hold{guard_};
    const auto found = open_.find(caller_key);
    if (found != open_.end() && --found->second == 0) open_.erase(found);
  }

private:
  std::mutex guard_;
  std::unordered_map<std::string, std::size_t> open_;
};

}  // namespace chautari
