-- What the panel of a station asks about its rentals.
create index rentals_of_station on rentals (station_id, created_at desc);
create index rentals_open_at_station on rentals (station_id) where is_open;
