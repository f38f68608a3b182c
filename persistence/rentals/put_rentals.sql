-- An image that is not newer than the stored one touches no row, and neither does one that opens a closed
-- rental: the writer counts and refuses.
insert into rentals select * from json_populate_recordset(null::rentals, :rows::json)
on conflict (id) do update set
  slot = excluded.slot, bank_id = excluded.bank_id, bank_serial = excluded.bank_serial,
  bank_ejections = excluded.bank_ejections, start_battery = excluded.start_battery,
  price = excluded.price, paid_cash = excluded.paid_cash, paid_goodwill = excluded.paid_goodwill,
  paid_points = excluded.paid_points, payment_id = excluded.payment_id,
  status = excluded.status, is_open = excluded.is_open, closure = excluded.closure,
  ejection_uncertain = excluded.ejection_uncertain, cancel_requested = excluded.cancel_requested,
  publishes = excluded.publishes, started_at = excluded.started_at, due_at = excluded.due_at,
  ended_at = excluded.ended_at, return_station_id = excluded.return_station_id,
  return_station_name = excluded.return_station_name, return_slot = excluded.return_slot,
  return_battery = excluded.return_battery, on_time = excluded.on_time,
  under_5_minutes = excluded.under_5_minutes, late_fee_charged = excluded.late_fee_charged,
  due = excluded.due, bonus_awarded = excluded.bonus_awarded, revision = excluded.revision
where rentals.revision < excluded.revision and (rentals.is_open or not excluded.is_open)
