select row_to_json(session) from operator_sessions as session
where revoked_at is null and expires_at > :now::timestamptz order by created_at, id
