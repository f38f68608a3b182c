insert into cabinet_log (cabinet, occurred_at, recorded_at, kind, data)
select cabinet, occurred_at, recorded_at, kind, data
from json_populate_recordset(null::cabinet_log, :rows::json)
