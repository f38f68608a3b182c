-- The head is locked by a statement before this one, which therefore sees the last row whoever wrote it.
with head as materialized (
  select seq, hash from audit_head
), fresh as materialized (
  select head.seq + row_number() over (order by entry.seq) as place, entry
  from json_populate_recordset(null::audit_log, $1::json) as entry cross join head
  where not exists (select from audit_log as known where known.id = entry.id)
), linked as materialized (
  select place, entry, audit_chain(head.hash, audit_text(place, entry)) over (order by place) as hash
  from fresh cross join head
), added as (
  insert into audit_log (seq, id, at, actor_type, actor_id, action, entity, entity_id, before, after, reason,
                         ip, user_agent, session_id, request_id, prev_hash, hash)
  select place, (entry).id, (entry).at, (entry).actor_type, (entry).actor_id, (entry).action,
         (entry).entity, (entry).entity_id, (entry).before, (entry).after, (entry).reason, (entry).ip,
         (entry).user_agent, (entry).session_id, (entry).request_id,
         coalesce(lag(linked.hash) over (order by place), head.hash), linked.hash
  from linked cross join head
)
update audit_head set seq = last.place, hash = last.hash
from (select place, hash from linked order by place desc limit 1) as last
