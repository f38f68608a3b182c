-- The same place told twice is one row.
insert into rental_locations select * from json_populate_recordset(null::rental_locations, $1::json)
on conflict do nothing
