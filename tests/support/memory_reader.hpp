#pragma once
/// The readers' twin: the same questions, answered from the memory journal's store.

#include <memory>

#include "protocols/journal/reader.hpp"
#include "tests/support/memory_store.hpp"

namespace chautari::testing {

struct memory_reader_state {
  std::shared_ptr<memory_store> store;
};

reader_actor::behavior_type memory_reader(reader_actor::stateful_pointer<memory_reader_state> self,
                                          std::shared_ptr<memory_store> store);

}  // namespace chautari::testing
