insert into amenities select * from json_populate_recordset(null::amenities, :rows::json)
on conflict do nothing
