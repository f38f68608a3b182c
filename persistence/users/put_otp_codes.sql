insert into otp_codes select * from json_populate_recordset(null::otp_codes, $1::json)
on conflict (identifier, purpose) do update set
  code_hash = excluded.code_hash, attempts = excluded.attempts, expires_at = excluded.expires_at,
  kills = excluded.kills, kills_since = excluded.kills_since, locked_until = excluded.locked_until,
  lock_minutes = excluded.lock_minutes, requested_at = excluded.requested_at
