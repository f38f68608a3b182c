#pragma once
#include <caf/all.hpp>

#include "protocols/journal/record.hpp"

namespace chautari {

using drain_atom = caf::atom_constant<caf::atom("drain")>;

/// The JOURNAL: stores a record, and only then answers `stored`. It always answers: stored, or a
/// `journal_refusal`. A record whose fate is unknown (the connection broke inside COMMIT) is not answered
/// before the database has told it; repeating is harmless.
using journal_actor =
    caf::typed_actor<caf::replies_to<record>::with<stored>,
                     caf::replies_to<drain_atom>::with<void>>;  // Answered when everything accepted so far is
                                                                // on disk.

}  // namespace chautari

CAF_ERROR_CODE_ENUM(chautari::journal_refusal, "journal")

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::record)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::stored)
