insert into favourites select * from json_populate_recordset(null::favourites, $1::json)
on conflict (rider_id, station_id) do nothing
