with mine as materialized (
  select * from rentals where rider_id = :rider::uuid and started_at is not null
)
select json_build_object(
  'rentals', count(*),
  'completed', count(*) filter (where status = 'COMPLETED'),
  'cancelled', count(*) filter (where status = 'CANCELLED'),
  'on_time', count(*) filter (where status = 'COMPLETED' and on_time),
  'late', count(*) filter (where status = 'OVERDUE' or (status = 'COMPLETED' and not on_time)),
  'minutes_used', coalesce(floor(sum(extract(epoch from ended_at - started_at)) / 60), 0)::bigint,
  'charged', coalesce((select sum(amount) from mine join rental_charges on rental_id = id), 0),
  'late_fees', coalesce(sum(late_fee_charged), 0),
  'points_earned', coalesce((
    select sum(line.credit)
    from mine cross join unnest(array['points:rental:' || id, 'points:timely:' || id]) as award(event_key)
      join ledger_journals as journal on journal.event_key = award.event_key collate "C"
      join ledger_lines as line on line.journal_id = journal.id
    where line.code = 'P200'), 0),
  'last_rental_at', max(created_at),
  'favourite_station', (select station_name from mine group by station_id, station_name
                        order by count(*) desc, max(created_at) desc limit 1))
from mine
