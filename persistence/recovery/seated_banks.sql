copy (
  select id, serial, status, battery, cycles, rentals, ejections, station_id, slot, rental_id
  from power_banks where station_id is not null
) to stdout
