select json_build_object('row', row_to_json(log), 'hash', encode(log.hash, 'hex'))
from audit_log as log
where (:actor = '' or log.actor_id = :actor)
  and (:action = '' or log.action = :action)
  and (:entity = '' or log.entity = :entity)
  and (:entity_id = '' or log.entity_id = :entity_id)
  and (:from = '' or log.at >= nullif(:from, '')::timestamptz)
  and (:until = '' or log.at < nullif(:until, '')::timestamptz)
  and (:before = '' or log.seq < nullif(:before, '')::bigint)
order by log.seq desc
limit :limit::integer
