insert into station_states select * from json_populate_recordset(null::station_states, :rows::json)
on conflict do nothing
