select json_build_object(
  'operator', row_to_json(person),
  'sessions', (select json_agg(session order by session.created_at, session.id)
               from operator_sessions as session
               where session.operator_id = person.id and session.revoked_at is null
                 and session.expires_at > :now::timestamptz))
from operators as person
where :everyone = 'yes' or person.id = nullif(:operator, '')::uuid
  or (:operator = '' and person.email = nullif(:email, ''))
order by person.created_at, person.id
