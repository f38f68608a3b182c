#include "persistence/reader/reader_pool.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "persistence/base/connection.hpp"
#include "persistence/base/json_row.hpp"
#include "persistence/kiosks/questions.hpp"
#include "persistence/operations/questions.hpp"
#include "persistence/pricing/questions.hpp"
#include "persistence/reader/questions.hpp"
#include "persistence/rentals/questions.hpp"
#include "persistence/sql_texts.hpp"
#include "persistence/stations/questions.hpp"

namespace chautari {
namespace {

using steady_time = std::chrono::steady_clock::time_point;

/// One detached reader: speaks the same words as the pool.
struct reader_worker_state {
  std::unique_ptr<database_connection> database;
  std::optional<steady_time> failed_at;

  static inline const char* name = "reader_worker";

  /// Just failed: the next questions are refused at once, so that a full mailbox drains quickly.
  [[nodiscard]] bool is_resting() const {
    return failed_at && std::chrono::steady_clock::now() - *failed_at < limits::database_retry_first;
  }

  /// A connection that broke since the last question is made again once.
  template <class Question>
  auto ask(const Question& question)
      -> caf::result<typename decltype(answer(*database, question))::value_type> {
    if (!database->is_open() && is_resting()) return caf::make_error(reader_refusal::unavailable);
    for (int attempts = database->is_open() ? 2 : 1; attempts > 0; --attempts) {
      try {
        auto found = answer(*database, question);
        failed_at.reset();
        if (!found) return caf::make_error(reader_refusal::not_found);
        return std::move(*found);
      } catch (const database_error&) {
        failed_at = std::chrono::steady_clock::now();
      } catch (const schema_mismatch&) {
        attempts = 1;
      }
    }
    return caf::make_error(reader_refusal::unavailable);
  }

  bool is_ready() {
    try {
      return !database->ask(sql::reader_ping).empty();
    } catch (const database_error&) {
      database->close();
      return false;
    }
  }
};

reader_pool_actor::behavior_type reader_worker(reader_pool_actor::stateful_pointer<reader_worker_state> self,
                                               const reader_setup& setup) {
  self->state.database = std::make_unique<database_connection>(setup.database, setup.kind);
  auto* state = &self->state;
  return {[state](const load_account& question) { return state->ask(question); },
          [state](const load_bank& question) { return state->ask(question); },
          [state](const load_rental& question) { return state->ask(question); },
          [state](const list_rentals& question) { return state->ask(question); },
          [state](const list_transactions& question) { return state->ask(question); },
          [state](const load_sign_in& question) { return state->ask(question); },
          [state](const load_session& question) { return state->ask(question); },
          [state](const load_sessions_of& question) { return state->ask(question); },
          [state](const is_username_free& question) { return state->ask(question); },
          [state](const load_operators& question) { return state->ask(question); },
          [state](const count_open_rentals_at& question) { return state->ask(question); },
          [state](const count_amenity_uses& question) { return state->ask(question); },
          [state](const load_issue& question) { return state->ask(question); },
          [state](const find_open_report& question) { return state->ask(question); },
          [state](const list_issues& question) { return state->ask(question); },
          [state](const list_banks& question) { return state->ask(question); },
          [state](const show_bank& question) { return state->ask(question); },
          [state](const list_bank_rentals& question) { return state->ask(question); },
          [state](const look_at_fleet& question) { return state->ask(question); },
          [state](const look_for_command& question) { return state->ask(question); },
          [state](const load_command& question) { return state->ask(question); },
          [state](const list_commands& question) { return state->ask(question); },
          [state](const list_cabinet_reports& question) { return state->ask(question); },
          [state](const load_kiosk& question) { return state->ask(question); },
          [state](const count_banks& question) { return state->ask(question); },
          [state](const load_issue_marks& question) { return state->ask(question); },
          [state](const load_overview& question) { return state->ask(question); },
          [state](const load_map_points& question) { return state->ask(question); },
          [state](const find_referrer& question) { return state->ask(question); },
          [state](const list_audit_log& question) { return state->ask(question); },
          [state](const search_rentals& question) { return state->ask(question); },
          [state](const load_rental_story& question) { return state->ask(question); },
          [state](const load_explanation& question) { return state->ask(question); },
          [state](const load_cabinet_explanation& question) { return state->ask(question); },
          [state](const load_rental_stats& question) { return state->ask(question); },
          [state](const list_rental_issues& question) { return state->ask(question); },
          [state](const count_rider_habits& question) { return state->ask(question); },
          [state](const count_price_uses& question) { return state->ask(question); },
          [state](const list_strangers& question) { return state->ask(question); },
          [state](const load_registry_entry& question) { return state->ask(question); },
          [state](const find_stored_answer& question) { return state->ask(question); },
          [state](is_database_ready_atom) { return state->is_ready(); }};
}

/// The front: counts what is asked and hands each question to the worker with the least to do.
struct reader_pool_state {
  struct worker {
    reader_pool_actor handle;
    std::size_t questions = 0;
  };

  reader_pool_actor::stateful_pointer<reader_pool_state> self = nullptr;
  std::vector<worker> workers;
  std::size_t questions = 0;
  std::size_t questions_max = 0;

  static inline const char* name = "readers";

  template <class Answer, class Question>
  caf::result<Answer> pass_on(const Question& question) {
    if (questions >= questions_max) return caf::make_error(reader_refusal::overloaded);
    const auto idlest = std::min_element(workers.begin(), workers.end(), [](const auto& a, const auto& b) {
      return a.questions < b.questions;
    });
    const auto at = static_cast<std::size_t>(idlest - workers.begin());
    ++questions;
    ++idlest->questions;
    auto promise = self->template make_response_promise<Answer>();
    self->request(idlest->handle, caf::infinite, question)
        .then(
            [me = self, promise, at](Answer& answer) mutable {
              me->state.done(at);
              promise.deliver(std::move(answer));
            },
            [me = self, promise, at](caf::error& why) mutable {
              me->state.done(at);
              promise.deliver(std::move(why));
            });
    return promise;
  }

  void done(std::size_t at) {
    --questions;
    --workers[at].questions;
  }
};

reader_pool_actor::behavior_type reader_pool(reader_pool_actor::stateful_pointer<reader_pool_state> self,
                                             const reader_setup& setup) {
  auto* state = &self->state;
  state->self = self;
  state->questions_max = setup.questions_max;
  for (std::size_t at = 0; at < std::max<std::size_t>(1, setup.connections); ++at)
    state->workers.push_back({self->spawn<caf::detached + caf::linked>(reader_worker, setup), 0});
  return {
      [state](const load_account& question) { return state->pass_on<account_facts>(question); },
      [state](const load_bank& question) { return state->pass_on<bank_lookup>(question); },
      [state](const load_rental& question) { return state->pass_on<rental_lookup>(question); },
      [state](const list_rentals& question) { return state->pass_on<rental_page>(question); },
      [state](const list_transactions& question) { return state->pass_on<transaction_page>(question); },
      [state](const load_sign_in& question) { return state->pass_on<sign_in_facts>(question); },
      [state](const load_session& question) { return state->pass_on<session_facts>(question); },
      [state](const load_sessions_of& question) { return state->pass_on<session_list>(question); },
      [state](const is_username_free& question) { return state->pass_on<username_answer>(question); },
      [state](const load_operators& question) { return state->pass_on<recovered_operators>(question); },
      [state](const count_open_rentals_at& question) { return state->pass_on<row_count>(question); },
      [state](const count_amenity_uses& question) { return state->pass_on<row_count>(question); },
      [state](const load_issue& question) { return state->pass_on<issue_lookup>(question); },
      [state](const find_open_report& question) { return state->pass_on<issue_lookup>(question); },
      [state](const list_issues& question) { return state->pass_on<issue_page>(question); },
      [state](const list_banks& question) { return state->pass_on<bank_page>(question); },
      [state](const show_bank& question) { return state->pass_on<bank_story>(question); },
      [state](const list_bank_rentals& question) { return state->pass_on<bank_rentals>(question); },
      [state](const look_at_fleet& question) { return state->pass_on<fleet_figures>(question); },
      [state](const look_for_command& question) { return state->pass_on<command_precedent>(question); },
      [state](const load_command& question) { return state->pass_on<command_lookup>(question); },
      [state](const list_commands& question) { return state->pass_on<command_page>(question); },
      [state](const list_cabinet_reports& question) { return state->pass_on<cabinet_report_page>(question); },
      [state](const load_kiosk& question) { return state->pass_on<kiosk_past>(question); },
      [state](const count_banks& question) { return state->pass_on<bank_census>(question); },
      [state](const load_issue_marks& question) { return state->pass_on<issue_marks>(question); },
      [state](const load_overview& question) { return state->pass_on<station_overview>(question); },
      [state](const load_map_points& question) { return state->pass_on<map_points>(question); },
      [state](const find_referrer& question) { return state->pass_on<referrer_answer>(question); },
      [state](const list_audit_log& question) { return state->pass_on<audit_log_page>(question); },
      [state](const search_rentals& question) { return state->pass_on<rental_table>(question); },
      [state](const load_rental_story& question) { return state->pass_on<rental_story>(question); },
      [state](const load_explanation& question) { return state->pass_on<rental_explanation>(question); },
      [state](const load_cabinet_explanation& question) {
        return state->pass_on<cabinet_explanation>(question);
      },
      [state](const load_rental_stats& question) { return state->pass_on<rental_stats>(question); },
      [state](const list_rental_issues& question) { return state->pass_on<rental_issue_page>(question); },
      [state](const count_rider_habits& question) { return state->pass_on<rider_habits>(question); },
      [state](const count_price_uses& question) { return state->pass_on<price_uses>(question); },
      [state](const list_strangers& question) { return state->pass_on<stranger_page>(question); },
      [state](const load_registry_entry& question) { return state->pass_on<registry_entry>(question); },
      [state](const find_stored_answer& question) { return state->pass_on<stored_answer_lookup>(question); },
      [state](is_database_ready_atom ready) { return state->pass_on<bool>(ready); }};
}

}  // namespace

reader_pool_actor spawn_readers(caf::actor_system& system, reader_setup setup) {
  return system.spawn(reader_pool, std::move(setup));
}

}  // namespace chautari
