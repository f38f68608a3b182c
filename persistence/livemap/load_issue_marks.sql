select json_build_object('station', station_id, 'priority', (array_agg(priority order by
  array_position(array['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], priority)))[1])
from station_issues
where status <> 'RESOLVED' and not is_deleted
  and (:station = '' or station_id = nullif(:station, '')::uuid)
group by station_id
