analyze stations, station_states, station_slots, power_banks, rentals, users
