#pragma once
/// When silence on the line means that we are deaf. Pure.

#include "protocols/base/time.hpp"

namespace chautari {

/// One judgement after another over the life of the line.
struct silence_watch {
  timestamp quiet_since;  ///< The newest of: start, last frame, last connect, last alarm.

  /// A frame came, or the line is new, or nobody could have spoken.
  void heard(timestamp at) {
    if (at > quiet_since) quiet_since = at;
  }
  /// True once each `limit` of silence; the next alarm needs as much silence again.
  [[nodiscard]] bool is_alarming(timestamp now, milliseconds limit) {
    if (now - quiet_since < limit) return false;
    quiet_since = now;
    return true;
  }
};

}  // namespace chautari
