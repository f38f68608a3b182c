insert into verification_tokens select * from json_populate_recordset(null::verification_tokens, $1::json)
on conflict (token_hash) do update set consumed = excluded.consumed, expires_at = excluded.expires_at
