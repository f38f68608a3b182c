-- Whole images of intents. One that is not exactly one version newer than the stored one touches no row: the
-- writer counts and refuses, so whoever claims an order claims it alone.
insert into payment_intents select * from json_populate_recordset(null::payment_intents, $1::json)
on conflict (id) do update set
  provider_ref = excluded.provider_ref, paid = excluded.paid, status = excluded.status,
  is_late = excluded.is_late, failure_code = excluded.failure_code, confirmed_by = excluded.confirmed_by,
  confirm_hash = excluded.confirm_hash, completed_at = excluded.completed_at,
  order_status = excluded.order_status, order_code = excluded.order_code,
  order_rental_id = excluded.order_rental_id, version = excluded.version
where payment_intents.version = excluded.version - 1
