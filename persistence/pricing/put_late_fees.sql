-- One is active at most: those that are not any more come before the one that is now.
insert into late_fee_configurations
select * from json_populate_recordset(null::late_fee_configurations, $1::json) order by is_active
on conflict (id) do update set
  name = excluded.name, kind = excluded.kind, multiplier_hundredths = excluded.multiplier_hundredths,
  flat_per_hour = excluded.flat_per_hour, grace_minutes = excluded.grace_minutes,
  daily_cap = excluded.daily_cap, applies_to = excluded.applies_to, is_active = excluded.is_active,
  metadata = excluded.metadata
