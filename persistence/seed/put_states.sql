insert into station_states select * from unnest($1::station_states[])
on conflict do nothing
