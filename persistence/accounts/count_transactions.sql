select count(*)::text
from transactions as movement
where movement.rider_id = :rider::uuid
  and (:kind = '' or movement.kind = :kind)
  and (:status = '' or movement.status = :status)
  and (:from = '' or movement.created_at >= nullif(:from, '')::timestamptz)
  and (:until = '' or movement.created_at < nullif(:until, '')::timestamptz)
