insert into station_slots select * from unnest($1::station_slots[])
on conflict do nothing
