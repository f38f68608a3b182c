insert into refresh_tokens select * from json_populate_recordset(null::refresh_tokens, $1::json)
on conflict (id) do update set expires_at = excluded.expires_at, used_at = excluded.used_at
