-- One that was ever used stays: the writer counts and refuses.
delete from station_discounts as discount
using json_to_recordset($1::json) as gone(id uuid)
where discount.id = gone.id
  and not exists (select from discount_uses where discount_id = discount.id and state <> 'RELEASED')
