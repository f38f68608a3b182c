select count(*)
from device_commands as command
where (:station = '' or command.cabinet = (select imei from stations where serial = :station))
  and (:operators_only = 'false' or command.parameters is not null)
  and (:from = '' or command.created_at >= nullif(:from, '')::timestamptz)
  and (:until = '' or command.created_at < nullif(:until, '')::timestamptz)
