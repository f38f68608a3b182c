#pragma once
/// A topic that says the same to all its subscribers on one I/O thread, and tells whoever could not keep up
/// the whole of it.

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "http/websocket/personal_topic.hpp"

namespace chautari {

class shared_topic {
public:
  /// `whole`: the state as JSON; nothing while it is not known yet.
  shared_topic(std::string event, clock_source now, std::function<std::optional<std::string>()> whole)
      : event_{std::move(event)}, now_{std::move(now)}, whole_{std::move(whole)} {}
  shared_topic(const shared_topic&) = delete;
  shared_topic& operator=(const shared_topic&) = delete;

  /// Must outlive what it opens.
  [[nodiscard]] personal_opening open(personal_line& line);
  /// Something is new. Whoever waits for the whole is told it first.
  void tell(const std::string& data_json);
  [[nodiscard]] bool is_heard() const { return !subscribers_.empty(); }

private:
  class subscriber;

  std::string event_;
  clock_source now_;
  std::function<std::optional<std::string>()> whole_;
  std::set<subscriber*> subscribers_;
};

}  // namespace chautari
