#pragma once
/// May this process be given work? Facts come from those who know them, the judgement is pure.

#include <atomic>
#include <cstddef>
#include <string>
#include <vector>

#include "protocols/base/time.hpp"

namespace chautari {

struct readiness_facts {
  bool is_recovered = false;
  bool is_draining = false;
  bool is_broker_connected = false;
  timestamp database_answered_at;  ///< 1970: never.
  bool is_database_up = true;      ///< As the journal's writer sees it.
  std::size_t backlog_records = 0;
  std::size_t backlog_records_max = 0;
};

struct readiness_check {
  std::string name;  ///< "recovery", "serving", "database", "journal", "broker"
  bool is_ok = false;
  std::string detail;  ///< A sentence for people.
};

/// The database's last answer may be so old; it is asked every second.
inline constexpr seconds database_answer_age_max{5};

/// Every check, always in the same order. The journal is full at nine tenths of its backlog: new work would
/// only be refused.
[[nodiscard]] std::vector<readiness_check> judge(const readiness_facts& facts, timestamp now);

/// The facts, told from any thread.
class readiness {
public:
  explicit readiness(std::size_t backlog_records_max) : backlog_max_{backlog_records_max} {}

  void recovered() { is_recovered_ = true; }
  void draining() { is_draining_ = true; }
  void broker_changed(bool is_connected) { is_broker_connected_ = is_connected; }
  void database_answered(timestamp at) { database_answered_ms_ = to_ms(at); }
  void database_changed(bool is_up) { is_database_up_ = is_up; }
  void backlog_changed(std::size_t records) { backlog_ = records; }

  [[nodiscard]] readiness_facts facts() const;

private:
  std::size_t backlog_max_;
  std::atomic<bool> is_recovered_{false}, is_draining_{false}, is_broker_connected_{false},
      is_database_up_{true};
  std::atomic<std::int64_t> database_answered_ms_{0};
  std::atomic<std::size_t> backlog_{0};
};

/// {"status":"ready"|"not_ready","checks":{"database":{"ok":true,"detail":"..."}, ...}}
[[nodiscard]] std::string render(const std::vector<readiness_check>& checks);
[[nodiscard]] bool all_ok(const std::vector<readiness_check>& checks);

}  // namespace chautari
