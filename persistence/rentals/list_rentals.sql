select row_to_json(rental)
from rentals as rental
where rental.rider_id = :rider::uuid
  and (:status = '' or rental.status = :status)
  and (:payment_status = '' or :payment_status = case
       when rental.due > 0 then 'PENDING'
       when (select bool_or(is_refund) and sum(cash) = 0 and sum(goodwill) = 0 and sum(points) = 0
             from rental_payments where rental_id = rental.id) then 'REFUNDED'
       else 'PAID' end)
  and (:from = '' or rental.created_at >= nullif(:from, '')::timestamptz)
  and (:until = '' or rental.created_at < nullif(:until, '')::timestamptz)
  and (:station = '' or rental.station_id = nullif(:station, '')::uuid)
  and (:before_id = '' or (rental.created_at, rental.id)
       < (nullif(:before_at, '')::timestamptz, nullif(:before_id, '')::uuid))
order by rental.created_at desc, rental.id desc
limit :limit::integer offset :offset::bigint
