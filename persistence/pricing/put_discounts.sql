-- The counters belong to the uses.
insert into station_discounts (id, station_id, package_id, percent_hundredths, total_uses_max,
                               uses_per_user_max, valid_from, valid_until, status, may_be_free, created_by,
                               created_at)
select id, station_id, package_id, percent_hundredths, total_uses_max, uses_per_user_max, valid_from,
       valid_until, status, may_be_free, created_by, created_at
from json_populate_recordset(null::station_discounts, $1::json)
on conflict (id) do update set
  percent_hundredths = excluded.percent_hundredths, total_uses_max = excluded.total_uses_max,
  uses_per_user_max = excluded.uses_per_user_max, valid_from = excluded.valid_from,
  valid_until = excluded.valid_until, status = excluded.status, may_be_free = excluded.may_be_free
