select coalesce(json_agg(json_build_object(
  'bank_sn', bank_serial::text, 'rentals', rentals, 'minutes_used', minutes, 'late', late,
  'under_5_minutes', short,
  'last_rental_at', to_char(last_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
  order by rentals desc, bank_serial), '[]')
from (
  select bank_serial, count(*) as rentals, count(*) filter (where under_5_minutes) as short,
    count(*) filter (where status = 'OVERDUE' or (status = 'COMPLETED' and not on_time)) as late,
    coalesce(sum(floor(extract(epoch from ended_at - started_at) / 60)), 0)::bigint as minutes,
    max(started_at) as last_at
  from rentals
  where started_at is not null and created_at >= :from::timestamptz and created_at < :until::timestamptz
  group by bank_serial order by count(*) desc, bank_serial limit :most::integer) as ranked
