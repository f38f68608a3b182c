#pragma once
/// What the server must know to be alive again: read once at start, before any door opens.

#include <vector>

#include "protocols/journal/record.hpp"
#include "protocols/operators/recovery.hpp"
#include "protocols/pricing/package.hpp"

namespace chautari {

struct recovered_station {
  station_image facts;
  station_state_image state;
  std::vector<slot_image> slots;  ///< By number.
  std::vector<bank_image> banks;  ///< Seated here.
};

struct revoked_session {
  session_id session;
  timestamp revoked_at;
};

struct network_image {
  std::vector<recovered_station> stations;
  std::vector<rental_image> open_rentals;
  std::vector<bank_image> rented_banks;      ///< Of the open rentals, reserved or out.
  std::vector<command_image> open_commands;  ///< QUEUED or SENT.
  price_list prices;
  std::vector<revoked_session> revoked_sessions;  ///< Within the life of an access token.
  std::vector<user_id> barred_users;              ///< Banned or deleted.
  recovered_operators operators;
  std::vector<payment_intent> live_intents;  ///< Unpaid, or with an order that has not gone on yet.
  std::vector<amenity_image> amenities;      ///< By name; deleted ones are left out.
};

}  // namespace chautari
