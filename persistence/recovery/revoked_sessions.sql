select id::text || ' ' || to_char(revoked_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from sessions where revoked_at is not null and revoked_at > :since::timestamptz
