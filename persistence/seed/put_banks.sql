insert into power_banks select * from unnest($1::power_banks[])
on conflict (id) do nothing
