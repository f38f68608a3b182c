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
#include "persistence/payments/questions.hpp"
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

template <class>
struct reading;
/// The handlers of every question that `reader_actor` declares: whoever adds one writes its `answer`, and the
/// compiler asks for it here.
template <class... Questions, class... Answers>
struct reading<
    caf::typed_actor<caf::typed_mpi<caf::detail::type_list<Questions>, caf::output_tuple<Answers>>...>> {
  /// What a worker does: `state->ask(question)`.
  template <class State>
  static reader_pool_actor::behavior_type worker(State* state) {
    return {[state](const Questions& question) { return state->ask(question); }...,
            [state](is_database_ready_atom) { return state->is_ready(); }};
  }
  /// What the front does: `state->pass_on<answer>(question)`.
  template <class State>
  static reader_pool_actor::behavior_type front(State* state) {
    return {[state](const Questions& question) { return state->template pass_on<Answers>(question); }...,
            [state](is_database_ready_atom ready) { return state->template pass_on<bool>(ready); }};
  }
};

reader_pool_actor::behavior_type reader_worker(reader_pool_actor::stateful_pointer<reader_worker_state> self,
                                               const reader_setup& setup) {
  self->state.database = std::make_unique<database_connection>(setup.database, setup.kind);
  return reading<reader_actor>::worker(&self->state);
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
  return reading<reader_actor>::front(state);
}

}  // namespace

reader_pool_actor spawn_readers(caf::actor_system& system, reader_setup setup) {
  return system.spawn(reader_pool, std::move(setup));
}

}  // namespace chautari
