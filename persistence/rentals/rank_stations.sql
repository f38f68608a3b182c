-- Revenue is what rentals that began here were charged, less what was taken back (ADJUSTMENT); top-ups are
-- none.
select coalesce(json_agg(json_build_object(
  'sn', serial, 'name', name, 'rentals', rentals, 'returns', returns, 'ejections_failed', failed,
  'minutes_used', minutes, 'revenue', to_char(revenue / 100.0, 'FM9999999999990.00'))
  order by revenue desc, rentals desc, serial), '[]')
from (
  select station.serial, station.name, sum(rentals) as rentals, sum(returns) as returns,
    sum(failed) as failed, sum(minutes) as minutes, sum(revenue) as revenue
  from (
    select station_id, count(started_at) as rentals, 0 as returns,
      count(*) filter (where closure = 'EJECT_FAILED') as failed,
      coalesce(sum(floor(extract(epoch from ended_at - started_at) / 60)), 0)::bigint as minutes,
      coalesce(sum((select sum(amount) from rental_charges where rental_id = rental.id)), 0) as revenue
    from rentals as rental
    where created_at >= :from::timestamptz and created_at < :until::timestamptz
    group by station_id
    union all
    select return_station_id, 0, count(*), 0, 0, 0
    from rentals
    where return_station_id is not null
      and created_at >= :from::timestamptz and created_at < :until::timestamptz
    group by return_station_id) as moved
  join stations as station on station.id = moved.station_id
  group by station.id order by sum(revenue) desc, sum(rentals) desc, serial limit :most::integer) as ranked
