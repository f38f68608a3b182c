select row_to_json(session) from sessions as session
where user_id = :user::uuid and revoked_at is null and created_at > :after::timestamptz
order by last_used_at desc
