insert into operator_sessions select * from json_populate_recordset(null::operator_sessions, $1::json)
on conflict (id) do update set
  last_used_at = excluded.last_used_at, authenticated_at = excluded.authenticated_at, ip = excluded.ip,
  user_agent = excluded.user_agent, refresh_hash = excluded.refresh_hash,
  previous_hash = excluded.previous_hash, rotated_at = excluded.rotated_at,
  revoked_at = excluded.revoked_at, revoke_reason = excluded.revoke_reason
