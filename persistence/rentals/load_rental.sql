select row_to_json(rentals) from rentals
where id = :rental::uuid and (:rider = '' or rider_id = nullif(:rider, '')::uuid)
