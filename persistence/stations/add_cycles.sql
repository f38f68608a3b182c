insert into battery_cycles select * from json_populate_recordset(null::battery_cycles, :rows::json)
