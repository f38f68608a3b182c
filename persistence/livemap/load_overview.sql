select json_build_object(
  'rentals_out', (
    select coalesce(json_agg(json_build_object(
      'rental_code', code, 'bank_sn', bank_serial::text,
      'started_at', to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'due_at', to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'status', status) order by created_at, id), '[]')
    from (select * from rentals where station_id = :station::uuid and is_open
          order by created_at, id limit :rentals_max::integer) as running),
  'overdue', (
    select count(*) from rentals where station_id = :station::uuid and is_open and status = 'OVERDUE'),
  -- A price is earned when the bank comes out, a late fee when it is back. Older rentals do not come back.
  'revenue', (
    select coalesce(sum(price) filter (where started_at >= :today::timestamptz), 0)
         + coalesce(sum(late_fee_charged) filter (where ended_at >= :today::timestamptz), 0)
    from rentals
    where station_id = :station::uuid and created_at >= :today::timestamptz - interval '60 days'),
  'changes', (
    select json_agg(change order by changed_at) from (
      select * from station_status_history
      where station_id = :station::uuid and changed_at >= coalesce(
        (select max(changed_at) from station_status_history
         where station_id = :station::uuid and changed_at <= :since::timestamptz), :since::timestamptz)
      order by changed_at desc limit :changes_max::integer) as change),
  'issues', (
    select coalesce(json_agg(json_build_object(
      'id', id, 'issue_type', issue_type, 'priority', priority, 'status', status,
      'description', description, 'images', images,
      'reported_at', to_char(reported_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'updated_at', to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      order by reported_at desc, id), '[]')
    from (select * from station_issues
          where station_id = :station::uuid and status <> 'RESOLVED' and not is_deleted
          order by reported_at desc, id limit 20) as issue),
  'events', (
    select coalesce(json_agg(json_build_object(
      'id', id::text, 'at', to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'kind', kind, 'data', data) order by recorded_at desc, id desc), '[]')
    from (select * from cabinet_log where cabinet = :cabinet
          order by recorded_at desc, id desc limit :events_max::integer) as line))
