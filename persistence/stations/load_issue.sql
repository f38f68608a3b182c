select json_build_object('issue', row_to_json(issue), 'reporter', row_to_json(rider))
from station_issue_rows as issue left join users as rider on rider.id = issue.reporter_id
where issue.id = :issue::uuid
