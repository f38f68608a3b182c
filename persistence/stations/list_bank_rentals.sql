select row_to_json(rental) from rentals as rental
where rental.bank_id = :bank::uuid
  and (:before_id = '' or (rental.created_at, rental.id)
       < (nullif(:before_at, '')::timestamptz, nullif(:before_id, '')::uuid))
order by rental.created_at desc, rental.id desc
limit :limit::integer offset :offset::bigint
