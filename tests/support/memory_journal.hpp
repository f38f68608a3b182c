#pragma once
/// The journal's twin: stores in maps, refuses what the database would refuse.

#include <memory>

#include "protocols/journal/interface.hpp"
#include "tests/support/memory_store.hpp"

namespace chautari::testing {

struct memory_journal_state {
  std::shared_ptr<memory_store> store;
};

journal_actor::behavior_type memory_journal(journal_actor::stateful_pointer<memory_journal_state> self,
                                            std::shared_ptr<memory_store> store);

}  // namespace chautari::testing
