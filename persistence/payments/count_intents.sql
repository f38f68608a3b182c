select count(*)::text from payment_intents as intent
where (:rider = '' or intent.rider_id = nullif(:rider, '')::uuid)
  and (:status = '' or intent.status = :status)
  and (:purpose = '' or intent.purpose = :purpose)
  and (:reference = '' or intent.provider_ref = :reference)
  and (:from = '' or intent.created_at >= nullif(:from, '')::timestamptz)
  and (:until = '' or intent.created_at < nullif(:until, '')::timestamptz)
