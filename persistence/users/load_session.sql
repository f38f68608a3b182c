select json_build_object(
  'session', (select row_to_json(session) from sessions as session where id = :session::uuid),
  'user', (select row_to_json(rider) from users as rider
           where id = (select user_id from sessions where id = :session::uuid)),
  'tokens', (select json_agg(token order by issued_at desc) from refresh_tokens as token
             where session_id = :session::uuid and expires_at > now()))
