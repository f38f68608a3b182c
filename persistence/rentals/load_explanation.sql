-- What else was written because of a rental. A swap happens at the rental's own station, so it met that
-- station's cabinet and the one it was returned to; and it had the banks of its swaps. Of the inbox: what
-- names one of the banks, and the snapshots that came just before something was decided.
with rental as materialized (
  select rental.*, least(coalesce(ended_at, 'infinity'), now()) as over_at
  from rentals as rental where id = :rental::uuid
), swap as materialized (
  select * from rental_swaps where rental_id = :rental::uuid
), met as materialized (
  select cabinet from rental
  union
  select station.imei from rental join stations as station on station.id = rental.return_station_id
), bank as materialized (
  select serial, substring(int8send(serial) from 5 for 4) as bytes from (
    select bank_serial as serial from rental where bank_serial > 0
    union
    select serial from power_banks
    where id in (select old_bank_id from swap union all select new_bank_id from swap)) as had
), decided as materialized (
  select distinct line.recorded_at from rental_log as line where line.rental_id = :rental::uuid
  order by line.recorded_at limit :moments::integer
), posted as (
  select * from ledger_journals
  where event_key >= 'rental:' || :rental || ':' and event_key < 'rental:' || :rental || ';'
  union all
  select journal.* from (
      select 'points:rental:' || :rental as event_key
      union all select 'points:timely:' || :rental
      union all
      select 'ext:' || id || part from rental_extensions, (values (''), (':share')) as parts(part)
      where rental_id = :rental::uuid) as other
    join ledger_journals as journal on journal.event_key = other.event_key collate "C"
), report as (
  select report.* from rental cross join met
    join cabinet_reports as report on report.cabinet = met.cabinet
  where (report.frame_type in (40, 49, 64) or report.door = 'http')
    and report.received_at >= rental.created_at - interval '1 minute'
    and report.received_at <= rental.over_at + interval '1 hour'
  union all
  select report.* from decided cross join lateral (
    select * from cabinet_reports as one
    where one.received_at between decided.recorded_at - interval '10 seconds' and decided.recorded_at
      and one.cabinet in (select cabinet from met) and one.frame_type = 16 and one.door <> 'http') as report
)
select json_build_object(
  'journals', (select json_agg(journal order by occurred_at, posted_at, id) from (
      select posted.*, (select json_agg(line order by n) from ledger_lines as line
                        where line.journal_id = posted.id) as lines
      from posted order by occurred_at, posted_at, id limit :rows::integer) as journal),
  'commands', (select json_agg(command order by created_at, id) from (
      select command.* from rental join device_commands as command on command.cabinet = rental.cabinet
      where command.rental_id = rental.id
        and command.created_at between rental.created_at and rental.over_at + interval '1 day'
      order by command.created_at, command.id limit :rows::integer) as command),
  'reports', (select json_agg(report order by received_at, id) from (
      select distinct on (report.received_at, report.id) report.* from report
      where exists (select from bank where position(bank.bytes in report.raw) > 0
                      or (report.door = 'http' and position(bank.serial::text::bytea in report.raw) > 0))
      order by report.received_at, report.id limit :rows::integer) as report),
  'extensions', (select json_agg(extension order by extended_at, id)
                 from rental_extensions as extension where rental_id = :rental::uuid),
  'swaps', (select json_agg(swap order by n) from swap))
