-- What operators look up about banks and issues.
create index rentals_of_bank on rentals (bank_id, created_at desc, id desc);
create index battery_cycles_of_bank on battery_cycles (bank_id, ended_at desc);

-- An issue with what its readers want to see beside it.
create view station_issue_rows as
select issue.*, station.serial as station_serial, station.name as station_name,
       rider.username as reporter_name, assignee.email as assignee_email
from station_issues as issue
  left join stations as station on station.id = issue.station_id
  left join users as rider on rider.id = issue.reporter_id
  left join operators as assignee on assignee.id = issue.assigned_to;
