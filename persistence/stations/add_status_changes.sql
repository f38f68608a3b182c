insert into station_status_history
select * from json_populate_recordset(null::station_status_history, $1::json)
