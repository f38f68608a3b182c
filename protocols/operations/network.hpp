#pragma once
/// Who is where: the directories that everybody asks. Made once in config/compose, then handed to each
/// directory, and by them to the actors they give birth to. Nobody keeps a handle of a single station, rental
/// or account.

#include <caf/all.hpp>

#include "protocols/actors.hpp"
#include "protocols/base/id_source.hpp"
#include "protocols/operations/doors.hpp"
#include "protocols/operations/log.hpp"

namespace chautari {

struct network {
  timers_actor timers;
  broker_actor broker;
  journal_actor journal;
  reader_actor reader;
  accounts_actor accounts;
  stations_actor stations;
  stations_office_actor station_office;  ///< The same directory, as operators know it.
  amenities_actor amenities;
  issues_actor issues;
  rentals_actor rentals;
  kiosks_actor kiosks;
  prices_actor prices;
  payments_actor payments;
  payment_gateways gateways;  ///< How riders can pay from outside; none: not at all, PAYMENTS is not asked.
  cabinet_registry_actor registry;
  outbox_actor outbox;
  doors announce_to;
  clock_source now;
  id_source ids;
  log_sink log;  ///< Empty: nobody listens.
};

/// First message to every directory; answered when it is ready to be asked.
struct meet_network {
  network everybody;
};

/// A directory that has not met the network yet defers everything else.
using newcomer_actor = caf::typed_actor<caf::replies_to<meet_network>::with<void>>;

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::meet_network)
