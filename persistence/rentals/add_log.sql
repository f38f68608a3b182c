insert into rental_log select * from json_populate_recordset(null::rental_log, :rows::json)
