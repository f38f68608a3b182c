insert into favourites select * from json_populate_recordset(null::favourites, :rows::json)
on conflict (rider_id, station_id) do nothing
