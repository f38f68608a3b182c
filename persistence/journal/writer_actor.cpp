#include "persistence/journal/writer_actor.hpp"

#include <algorithm>
#include <chrono>

namespace chautari {

batch_written writer_state::write(const write_batch& batch) {
  batch_written answer;
  if (batch.records->empty()) {
    answer.is_database_up = writer->is_reachable();
    return answer;
  }
  const auto begin = std::chrono::steady_clock::now();
  answer.fates = writer->write(*batch.records);
  answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  answer.is_database_up = std::all_of(answer.fates.begin(), answer.fates.end(), [](const auto& fate) {
    return fate.what == record_fate::kind::stored || fate.what == record_fate::kind::refused;
  });
  return answer;
}

writer_actor::behavior_type writer(writer_actor::stateful_pointer<writer_state> self,
                                   const database_settings& database) {
  self->state.writer = std::make_unique<batch_writer>(database);
  self->state.tidying = std::make_unique<tidier>(database);
  return {[self](const write_batch& batch) { return self->state.write(batch); },
          [self](const tidy_up& wish) { return self->state.tidying->step(wish.rows_max); }};
}

}  // namespace chautari
