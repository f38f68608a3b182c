insert into power_banks select * from json_populate_recordset(null::power_banks, :rows::json)
on conflict (id) do nothing
