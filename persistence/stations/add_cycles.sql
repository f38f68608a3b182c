insert into battery_cycles select * from unnest($1::battery_cycles[])
