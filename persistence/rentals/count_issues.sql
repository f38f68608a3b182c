select count(*)::text from rental_issues as issue
where not issue.is_deleted
  and (:issue = '' or issue.id = nullif(:issue, '')::uuid)
  and (:rental = '' or issue.rental_id = nullif(:rental, '')::uuid)
  and (:reporter = '' or issue.reporter_id = nullif(:reporter, '')::uuid)
  and (:type = '' or issue.issue_type = :type)
  and (:resolved = '' or issue.is_resolved = nullif(:resolved, '')::boolean)
  and (:from = '' or issue.reported_at >= nullif(:from, '')::timestamptz)
  and (:until = '' or issue.reported_at < nullif(:until, '')::timestamptz)
