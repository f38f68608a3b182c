insert into operators select * from json_populate_recordset(null::operators, $1::json)
on conflict (id) do update set
  email = excluded.email, name = excluded.name, role = excluded.role, is_active = excluded.is_active,
  password_hash = excluded.password_hash, totp_secret = excluded.totp_secret,
  totp_last_step = excluded.totp_last_step, failures = excluded.failures,
  locked_until = excluded.locked_until, lock_minutes = excluded.lock_minutes,
  last_login_at = excluded.last_login_at
