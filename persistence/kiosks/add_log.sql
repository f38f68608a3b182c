insert into cabinet_log (cabinet, occurred_at, recorded_at, kind, data)
select cabinet, occurred_at, recorded_at, kind, data
from unnest($1::cabinet_log[])
