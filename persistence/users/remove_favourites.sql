delete from favourites
using json_populate_recordset(null::favourites, $1::json) as gone
where favourites.rider_id = gone.rider_id and favourites.station_id = gone.station_id
