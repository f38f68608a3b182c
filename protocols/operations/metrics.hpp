#pragma once
/// What the parts tell about themselves. Verbs, not metric names: config/metrics gives an implementation that
/// counts, and without one nothing is counted. Called from any thread; implementations never block.
/// The doors have their own, http/server/probe.hpp.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "protocols/kiosks/messages.hpp"

namespace chautari {

class journal_probe {
public:
  virtual ~journal_probe() = default;
  /// One transaction of so many records; from its first statement to the end of COMMIT.
  virtual void batch_committed(std::size_t records, double seconds) { (void)records, (void)seconds; }
  /// Told again from the start: the connection broke or a data error was being isolated.
  virtual void batch_repeated() {}
  virtual void record_refused(std::string_view reason) {
    (void)reason;
  }  ///< "unavailable", "overloaded", "conflict"
  virtual void backlog(std::size_t records) { (void)records; }
};

class reader_probe {
public:
  virtual ~reader_probe() = default;
  /// Between the question and the moment a connection took it, and how long that took.
  virtual void answered(double waited_seconds, double seconds) { (void)waited_seconds, (void)seconds; }
  virtual void refused() {}
};

class broker_probe {
public:
  virtual ~broker_probe() = default;
  virtual void frame_received(cabinet_channel channel, std::size_t bytes) { (void)channel, (void)bytes; }
  virtual void notice_received(bool is_connected) { (void)is_connected; }
  virtual void message_ignored() {}  ///< A topic or notice that is not about a cabinet.
  virtual void command_published(int qos) { (void)qos; }
  virtual void command_refused(broker_refusal why) { (void)why; }
  virtual void connected() {}
  virtual void disconnected() {}
  virtual void attempt_failed() {}
};

/// How long a message waits before an actor looks at it; the names are a closed set.
class mailbox_probe {
public:
  virtual ~mailbox_probe() = default;
  virtual void answered(std::string_view actor, double seconds) { (void)actor, (void)seconds; }
};

}  // namespace chautari
