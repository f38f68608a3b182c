select row_to_json(issue) from rental_issue_rows as issue
where not issue.is_deleted
  and (:issue = '' or issue.id = nullif(:issue, '')::uuid)
  and (:rental = '' or issue.rental_id = nullif(:rental, '')::uuid)
  and (:reporter = '' or issue.reporter_id = nullif(:reporter, '')::uuid)
  and (:type = '' or issue.issue_type = :type)
  and (:resolved = '' or issue.is_resolved = nullif(:resolved, '')::boolean)
  and (:from = '' or issue.reported_at >= nullif(:from, '')::timestamptz)
  and (:until = '' or issue.reported_at < nullif(:until, '')::timestamptz)
  and (:before_id = '' or (issue.reported_at, issue.id)
       < (nullif(:before_at, '')::timestamptz, nullif(:before_id, '')::uuid))
order by issue.reported_at desc, issue.id desc
limit :limit::integer offset :offset::bigint
