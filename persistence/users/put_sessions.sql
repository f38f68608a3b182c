insert into sessions select * from json_populate_recordset(null::sessions, $1::json)
on conflict (id) do update set
  last_used_at = excluded.last_used_at, ip = excluded.ip, user_agent = excluded.user_agent,
  revoked_at = excluded.revoked_at, revoke_reason = excluded.revoke_reason
