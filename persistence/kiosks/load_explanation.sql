-- Everything about one cabinet within a time, newest first.
select json_build_object(
  'log', (select json_agg(line) from (
      select * from cabinet_log
      where cabinet = :cabinet and recorded_at >= :from::timestamptz and recorded_at < :until::timestamptz
      order by recorded_at desc, id desc limit :rows::integer) as line),
  'commands', (select json_agg(command) from (
      select * from device_commands
      where cabinet = :cabinet and created_at >= :from::timestamptz and created_at < :until::timestamptz
      order by created_at desc, id desc limit :rows::integer) as command),
  'reports', (select json_agg(report) from (
      select * from cabinet_reports
      where cabinet = :cabinet and received_at >= :from::timestamptz and received_at < :until::timestamptz
      order by received_at desc, id desc limit :rows::integer) as report),
  'status', (select json_agg(change) from (
      select * from station_status_history
      where station_id = :station::uuid
        and changed_at >= :from::timestamptz and changed_at < :until::timestamptz
      order by changed_at desc limit :rows::integer) as change))
