copy (
  select row_to_json(intent) from payment_intents as intent
  where status in ('CREATED', 'PENDING') or order_status in ('PENDING', 'PROCESSING')
  order by expires_at
) to stdout
