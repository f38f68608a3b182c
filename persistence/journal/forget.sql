-- What serves nobody any more; some thousand rows a time, so that no batch waits long.
with old_records as (
  delete from journal where record_id in (
    select record_id from journal where stored_at < now() - interval '1 day' limit 20000)
), old_answers as (
  delete from stored_answers where id in (
    select id from stored_answers where created_at < now() - interval '24 hours' limit 5000)
), old_codes as (
  delete from otp_codes
  where expires_at < now() - interval '1 day'
    and coalesce(locked_until, expires_at) < now() - interval '1 day'
), old_verifications as (
  delete from verification_tokens where expires_at < now() - interval '1 day'
)
delete from refresh_tokens where expires_at < now() - interval '1 day'
