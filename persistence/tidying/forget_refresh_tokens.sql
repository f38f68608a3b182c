delete from refresh_tokens where ctid = any(array(
  select ctid from refresh_tokens where expires_at < now() - interval '1 day'
  limit :rows::bigint for update skip locked))
