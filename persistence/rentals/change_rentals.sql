-- What may change of a rental after its first image. An image that is not newer than the stored one touches
-- no row, and neither does one that opens a closed rental: the writer counts and refuses. Rows are changed in
-- the order given, so that those that close free their rider and bank for those that open.
update rentals set
  slot = image.slot, bank_id = image.bank_id, bank_serial = image.bank_serial,
  bank_ejections = image.bank_ejections, start_battery = image.start_battery,
  price = image.price, paid_cash = image.paid_cash, paid_goodwill = image.paid_goodwill,
  paid_points = image.paid_points, payment_id = image.payment_id,
  status = image.status, is_open = image.is_open, closure = image.closure,
  ejection_uncertain = image.ejection_uncertain, cancel_requested = image.cancel_requested,
  publishes = image.publishes, started_at = image.started_at, due_at = image.due_at,
  ended_at = image.ended_at, return_station_id = image.return_station_id,
  return_station_name = image.return_station_name, return_slot = image.return_slot,
  return_battery = image.return_battery, on_time = image.on_time,
  under_5_minutes = image.under_5_minutes, late_fee_charged = image.late_fee_charged,
  due = image.due, bonus_awarded = image.bonus_awarded, life = image.life, revision = image.revision
from unnest($1::rentals[]) as image
where rentals.id = image.id
  and rentals.revision < image.revision and (rentals.is_open or not image.is_open)
