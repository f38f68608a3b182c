delete from stored_answers where ctid = any(array(
  select ctid from stored_answers where created_at < now() - interval '1 day'
  limit :rows::bigint for update skip locked))
