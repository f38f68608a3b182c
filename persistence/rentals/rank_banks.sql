-- Three rentals in a row of less than five minutes: somebody should look at that bank (3.9).
select coalesce(json_agg(json_build_object(
  'bank_sn', bank_serial::text, 'rentals', rentals, 'minutes_used', minutes, 'late', late,
  'under_5_minutes', short, 'is_maintenance_suggested', is_suspect,
  'last_rental_at', to_char(last_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
  order by is_suspect desc, rentals desc, bank_serial), '[]')
from (
  select bank_serial, count(*) as rentals, count(*) filter (where under_5_minutes) as short,
    count(*) filter (where nth_last <= 3 and under_5_minutes) = 3 as is_suspect,
    count(*) filter (where status = 'OVERDUE' or (status = 'COMPLETED' and not on_time)) as late,
    coalesce(sum(floor(extract(epoch from ended_at - started_at) / 60)), 0)::bigint as minutes,
    max(started_at) as last_at
  from (
    select *, row_number() over (partition by bank_serial order by created_at desc, id desc) as nth_last
    from rentals
    where started_at is not null and created_at >= :from::timestamptz and created_at < :until::timestamptz
  ) as rental
  group by bank_serial order by 4 desc, count(*) desc, bank_serial limit :most::integer) as ranked
