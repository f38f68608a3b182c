insert into station_partners select * from json_populate_recordset(null::station_partners, :rows::json)
on conflict do nothing
