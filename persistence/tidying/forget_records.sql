-- A record is repeated only while its first fate is unknown: seconds.
delete from journal where ctid = any(array(
  select ctid from journal where stored_at < now() - interval '1 day'
  limit :rows::bigint for update skip locked))
