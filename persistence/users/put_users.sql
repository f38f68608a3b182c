insert into users select * from json_populate_recordset(null::users, $1::json)
on conflict (id) do update set
  username = excluded.username, email = excluded.email, phone = excluded.phone, status = excluded.status,
  referral_code = excluded.referral_code, referred_by = excluded.referred_by,
  token_version = excluded.token_version, last_login_at = excluded.last_login_at
