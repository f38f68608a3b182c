#pragma once
/// The map of the living system: every interface, one include. Awaiting follows one order, never upwards, so
/// no circle can form:
///
///   door (HTTP, WebSocket)     kiosk
///             \               /
///              rental directory -> rental        a kiosk may wait for rentals and stations,
///                                    |           a rental for its station, its account and the journal,
///                                 station        a station or an account for the reader and the journal;
///                                    |           upwards messages are sent and not waited for.
///                                 account      prices, registry
///                                    |
///                             reader, journal
#include "protocols/accounts/interface.hpp"
#include "protocols/journal/interface.hpp"
#include "protocols/journal/reader.hpp"
#include "protocols/journal/recovery.hpp"
#include "protocols/kiosks/interface.hpp"
#include "protocols/kiosks/registry.hpp"
#include "protocols/operations/doors.hpp"
#include "protocols/payments/interface.hpp"
#include "protocols/pricing/interface.hpp"
#include "protocols/rentals/interface.hpp"
#include "protocols/stations/interface.hpp"
#include "protocols/timers/interface.hpp"
#include "protocols/users/interface.hpp"
