-- Messages carry addresses: kept no longer than they can be asked about, sent or not.
delete from outbox where ctid = any(array(
  select ctid from outbox where expires_at < now() - interval '1 day'
  limit :rows::bigint for update skip locked))
