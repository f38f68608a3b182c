-- Of the session's tokens the one that is asked about and whatever was not used yet: two looks into an index,
-- however often the session was refreshed.
select json_build_object(
  'session', (select row_to_json(session) from sessions as session where id = :session::uuid),
  'user', (select row_to_json(rider) from users as rider
           where id = (select user_id from sessions where id = :session::uuid)),
  'tokens', (select json_agg(token order by issued_at desc) from (
               select * from refresh_tokens where token_hash = :hash and session_id = :session::uuid
               union
               select * from refresh_tokens where session_id = :session::uuid and used_at is null
             ) as token))
