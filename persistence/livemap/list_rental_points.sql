select coalesce(json_agg(json_build_object(
  'lat', latitude, 'lng', longitude, 'sn', station_serial, 'rental_code', code, 'bank_sn', bank_serial::text,
  'status', status, 'minutes_overdue', minutes_overdue) order by due_at, code), '[]')
from (
  select station.latitude, station.longitude, rental.station_serial, rental.code, rental.bank_serial,
         rental.status, rental.due_at,
         greatest(0, floor(extract(epoch from :now::timestamptz - rental.due_at) / 60))::integer
           as minutes_overdue
  from rentals as rental join stations as station on station.id = rental.station_id
  where rental.is_open and rental.status in ('ACTIVE', 'OVERDUE')
    and station.latitude between :south::double precision and :north::double precision
    and station.longitude between :west::double precision and :east::double precision
  order by rental.due_at limit :most::integer) as point
