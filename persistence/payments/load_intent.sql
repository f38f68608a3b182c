select row_to_json(intent) from payment_intents as intent
where intent.id = :intent::uuid and (:rider = '' or intent.rider_id = nullif(:rider, '')::uuid)
