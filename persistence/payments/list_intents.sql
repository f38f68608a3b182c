select row_to_json(intent) from payment_intents as intent
where (:rider = '' or intent.rider_id = nullif(:rider, '')::uuid)
  and (:status = '' or intent.status = :status)
  and (:purpose = '' or intent.purpose = :purpose)
  and (:reference = '' or intent.provider_ref = :reference)
  and (:from = '' or intent.created_at >= nullif(:from, '')::timestamptz)
  and (:until = '' or intent.created_at < nullif(:until, '')::timestamptz)
  and (:before_id = '' or (intent.created_at, intent.id)
       < (nullif(:before_at, '')::timestamptz, nullif(:before_id, '')::uuid))
order by intent.created_at desc, intent.id desc
limit :limit::integer offset :offset::bigint
