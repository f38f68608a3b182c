select coalesce(json_agg(json_build_object(
  'lat', latitude, 'lng', longitude, 'sn', serial, 'starts', starts, 'returns', returns,
  'weight', starts + returns) order by starts + returns desc, serial), '[]')
from (
  select station.latitude, station.longitude, station.serial, sum(starts) as starts, sum(returns) as returns
  from (
    select station_id, 1 as starts, 0 as returns from rentals
    where started_at >= :since::timestamptz and created_at >= :since::timestamptz - interval '1 day'
    union all
    select return_station_id, 0, 1 from rentals
    where ended_at >= :since::timestamptz and return_station_id is not null
      and created_at >= :since::timestamptz - interval '60 days') as moved
  join stations as station on station.id = moved.station_id
  where not station.is_deleted
    and station.latitude between :south::double precision and :north::double precision
    and station.longitude between :west::double precision and :east::double precision
  group by station.id order by sum(starts + returns) desc limit :most::integer) as point
