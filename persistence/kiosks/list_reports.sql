-- The inbox has no index but one over ranges of time, and both ends are given.
select json_build_object('report', row_to_json(report), 'serial', station.serial)
from cabinet_reports as report left join stations as station on station.imei = report.cabinet
where report.received_at >= :from::timestamptz and report.received_at < :until::timestamptz
  and (:station = '' or report.cabinet = (select imei from stations where serial = :station))
  and (:before_id = '' or (report.received_at, report.id)
       < (nullif(:before_at, '')::timestamptz, nullif(:before_id, '')::uuid))
order by report.received_at desc, report.id desc
limit :limit::integer offset :offset::bigint
