#include "tests/support/memory_journal.hpp"

namespace chautari::testing {

journal_actor::behavior_type memory_journal(journal_actor::stateful_pointer<memory_journal_state> self,
                                            std::shared_ptr<memory_store> store) {
  self->state.store = std::move(store);
  return {[self](const record& entry) -> caf::result<stored> {
            if (const auto why = self->state.store->store(entry)) return caf::make_error(*why);
            return stored{entry.id};
          },
          [](drain_atom) {}};
}

}  // namespace chautari::testing
