-- Days, weeks or months in Nepal, the empty ones, too.
select coalesce(json_agg(json_build_object(
  'date', to_char(day, 'YYYY-MM-DD'), 'total', coalesce(total, 0), 'pending', coalesce(pending, 0),
  'active', coalesce(active, 0), 'overdue', coalesce(overdue, 0), 'completed', coalesce(completed, 0),
  'cancelled', coalesce(cancelled, 0)) order by day), '[]')
from generate_series(date_trunc(:period, :from::timestamptz at time zone 'Asia/Kathmandu'),
                     (:until::timestamptz - interval '1 microsecond') at time zone 'Asia/Kathmandu',
                     ('1 ' || :period)::interval) as day
left join (
  select date_trunc(:period, created_at at time zone 'Asia/Kathmandu') as began, count(*) as total,
    count(*) filter (where status in ('PENDING', 'PENDING_POPUP')) as pending,
    count(*) filter (where status = 'ACTIVE') as active,
    count(*) filter (where status = 'OVERDUE') as overdue,
    count(*) filter (where status = 'COMPLETED') as completed,
    count(*) filter (where status = 'CANCELLED') as cancelled
  from rentals
  where created_at >= :from::timestamptz and created_at < :until::timestamptz
    and (:status = '' or status = :status)
  group by 1) as counted on counted.began = day
