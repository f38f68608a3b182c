-- What was taken off: of a price known before, the rest to the list price; of what was used, worked back from
-- what is left of it.
select json_build_object(
  'uses', count(*),
  'confirmed', count(*) filter (where used.state = 'CONFIRMED'),
  'riders', count(distinct used.rider_id),
  'saved', coalesce(sum(case
      when rental.package ->> 'model' = 'PREPAID' then (rental.package ->> 'price')::bigint - rental.price
      when (rental.life ->> 'discount_hundredths')::integer < 10000 then
        round((rental.life ->> 'usage_charged')::bigint * (rental.life ->> 'discount_hundredths')::numeric
              / (10000 - (rental.life ->> 'discount_hundredths')::integer))
      else 0 end) filter (where used.state = 'CONFIRMED'), 0)::bigint)
from discount_uses as used left join rentals as rental on rental.id = used.rental_id
where used.discount_id = :id::uuid and used.state <> 'RELEASED'
  and (:rider = '' or used.rider_id = nullif(:rider, '')::uuid)
