select row_to_json(issue) from station_issue_rows as issue
where not issue.is_deleted
  and (:status = '' or issue.status = :status)
  and (:priority = '' or issue.priority = :priority)
  and (:type = '' or issue.issue_type = :type)
  and (:station = '' or issue.station_id = nullif(:station, '')::uuid)
  and (:reporter = '' or issue.reporter_id = nullif(:reporter, '')::uuid)
  and (:assignee = '' or issue.assigned_to = nullif(:assignee, '')::uuid)
  and (:search = ''
       or strpos(lower(concat_ws(' ', issue.description, issue.station_serial, issue.station_name)),
                 lower(:search)) > 0)
  and (:from = '' or issue.reported_at >= nullif(:from, '')::timestamptz)
  and (:until = '' or issue.reported_at < nullif(:until, '')::timestamptz)
  and (:before_id = '' or (issue.reported_at, issue.id)
       < (nullif(:before_at, '')::timestamptz, nullif(:before_id, '')::uuid))
order by issue.reported_at desc, issue.id desc
limit :limit::integer offset :offset::bigint
