-- The newest word about a place is right: whoever was thought to be there is missing now.
with image as materialized (
  select * from unnest($1::power_banks[])
), evicted as (
  update power_banks as bank
  set status = 'MISSING', station_id = null, slot = null
  from image
  where bank.station_id = image.station_id and bank.slot = image.slot and bank.id <> image.id
    and not exists (select from image as itself where itself.id = bank.id)
)
insert into power_banks select * from image
on conflict (id) do update set
  serial = excluded.serial, status = excluded.status, battery = excluded.battery, cycles = excluded.cycles,
  rentals = excluded.rentals, ejections = excluded.ejections, station_id = excluded.station_id,
  slot = excluded.slot, rental_id = excluded.rental_id
