-- Ids rise with time, so the newest rental has the greatest id.
select json_build_object('rental', row_to_json(rental), 'return_serial', returned.serial)
from rentals as rental left join stations as returned on returned.id = rental.return_station_id
where (:status = '' or rental.status = :status)
  and (:payment_status = '' or :payment_status = case
       when rental.due > 0 then 'PENDING'
       when rental.status = 'CANCELLED' and rental.price > 0 then 'REFUNDED'
       else 'PAID' end)
  and (:rider = '' or rental.rider_id = nullif(:rider, '')::uuid)
  and (:station = '' or nullif(:station, '')::uuid in (rental.station_id, rental.return_station_id))
  and (:from = '' or rental.created_at >= nullif(:from, '')::timestamptz)
  and (:until = '' or rental.created_at < nullif(:until, '')::timestamptz)
  and (:search = '' or rental.code ilike :search or rental.rider_name ilike :search
       or rental.station_name ilike :search or rental.station_serial ilike :search
       or rental.bank_serial::text like :search)
order by case when :order = 'oldest' then rental.id end,
         case when :order = 'due_first' then rental.due_at end,
         case when :order = 'due_last' then rental.due_at end desc nulls last,
         rental.id desc
limit :limit::integer offset :offset::bigint
