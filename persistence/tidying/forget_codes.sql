-- Kept while they lock their identifier, and a day for questions.
delete from otp_codes where ctid = any(array(
  select ctid from otp_codes where greatest(expires_at, locked_until) < now() - interval '1 day'
  limit :rows::bigint for update skip locked))
