select json_build_object('image', movement, 'rental_code', rentals.code)
from transactions as movement
left join rentals on rentals.id = movement.rental_id
where movement.rider_id = :rider::uuid
  and (:kind = '' or movement.kind = :kind)
  and (:status = '' or movement.status = :status)
  and (:from = '' or movement.created_at >= nullif(:from, '')::timestamptz)
  and (:until = '' or movement.created_at < nullif(:until, '')::timestamptz)
  and (:before_id = '' or (movement.created_at, movement.id)
       < (nullif(:before_at, '')::timestamptz, nullif(:before_id, '')::uuid))
order by movement.created_at desc, movement.id desc
limit :limit::integer offset :offset::bigint
