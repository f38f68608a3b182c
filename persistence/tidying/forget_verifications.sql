delete from verification_tokens where ctid = any(array(
  select ctid from verification_tokens where expires_at < now() - interval '1 day'
  limit :rows::bigint for update skip locked))
