insert into station_slots select * from json_populate_recordset(null::station_slots, :rows::json)
on conflict do nothing
