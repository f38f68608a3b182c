#pragma once
/// The writer: a detached actor around a batch_writer. It knows batches, not queues: the journal decides what
/// is written when.

#include <caf/all.hpp>
#include <memory>
#include <vector>

#include "persistence/journal/batch_writer.hpp"
#include "persistence/tidying/tidier.hpp"

namespace chautari {

struct write_batch {
  std::shared_ptr<const std::vector<record>> records;  ///< Empty: only look whether the database is there.
};

/// One statement of the tidying, please.
struct tidy_up {
  std::size_t rows_max = 0;
};

struct batch_written {
  std::vector<record_fate> fates;  ///< One a record, in order.
  bool is_database_up = false;
  double seconds = 0;
};

using writer_actor = caf::typed_actor<caf::replies_to<write_batch>::with<batch_written>,
                                      caf::replies_to<tidy_up>::with<tidied>>;

struct writer_state {
  std::unique_ptr<batch_writer> writer;
  std::unique_ptr<tidier> tidying;

  batch_written write(const write_batch& batch);

  static inline const char* name = "writer";
};

writer_actor::behavior_type writer(writer_actor::stateful_pointer<writer_state> self,
                                   const database_settings& database);

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::write_batch)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::batch_written)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::tidy_up)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::tidied)
