insert into rental_swaps select * from json_populate_recordset(null::rental_swaps, $1::json)
