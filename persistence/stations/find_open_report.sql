select json_build_object('issue', row_to_json(issue), 'reporter', null)
from station_issue_rows as issue
where reporter_id = :reporter::uuid and station_id = :station::uuid and issue_type = :type
  and status <> 'RESOLVED' and not is_deleted and reported_at > :since::timestamptz
order by reported_at desc limit 1
