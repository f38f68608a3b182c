select json_build_object('what', shared, 'rental_code', rental.code)
from revenue_distributions as shared left join rentals as rental on rental.id = shared.rental_id
where (:station = '' or shared.station_id = nullif(:station, '')::uuid)
  and (:partner = '' or shared.franchise_id = nullif(:partner, '')::uuid
       or shared.vendor_id = nullif(:partner, '')::uuid)
  and (:reversal = '' or shared.is_reversal = nullif(:reversal, '')::boolean)
  and (:from = '' or shared.distributed_at >= nullif(:from, '')::timestamptz)
  and (:until = '' or shared.distributed_at < nullif(:until, '')::timestamptz)
  and (:before_id = '' or (shared.distributed_at, shared.id)
       < (nullif(:before_at, '')::timestamptz, nullif(:before_id, '')::uuid))
order by shared.distributed_at desc, shared.id desc
limit :limit::integer offset :offset::bigint
