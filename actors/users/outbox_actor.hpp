#pragma once
#include <deque>
#include <vector>

#include "protocols/base/limits.hpp"
#include "protocols/operations/log.hpp"
#include "protocols/users/interface.hpp"

namespace chautari {

struct outbox_setup {
  timers_actor timers;
  clock_source now;
  std::vector<postman_actor> postmen;  ///< Each carries one message at a time; at least one.
  std::int64_t sms_per_day = 100'000;
  log_sink log;
  std::size_t messages_max = limits::messages_max;
};

/// Messages live here in memory only. One that cannot be delivered is tried again with growing pauses until
/// it expires; meanwhile the provider counts as down and nobody is promised a code.
struct outbox_state {
  static inline const char* name = "outbox";

  outbox_actor::pointer self = nullptr;
  outbox_setup setup;
  std::deque<outgoing_message> waiting;
  std::vector<postman_actor> idle;
  bool is_up = true;
  bool is_armed = false;  ///< A retry is due later; nothing is tried before.
  seconds retry_in = limits::message_retry_first;
  std::uint64_t timer_revision = 0;
  std::int64_t day = 0;  ///< Business day that sms_today counts.
  std::int64_t sms_today = 0;

  [[nodiscard]] delivery_state judge(const ask_delivery& question);
  void accept(const outgoing_message& message);
  void wake(const timer_fired& timer);

private:
  void begin_day();
  void count_sms();
  void carry_on();
  void carry(const outgoing_message& message);
  void delivered();
  void put_back(const outgoing_message& message, const std::string& why);
  void give_up(const outgoing_message& message, const char* id, const std::string& why) const;
};

outbox_actor::behavior_type outbox(outbox_actor::stateful_pointer<outbox_state> self, outbox_setup setup);

}  // namespace chautari
