insert into rental_extensions select * from json_populate_recordset(null::rental_extensions, $1::json)
