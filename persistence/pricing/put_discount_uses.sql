-- The uses, and with them the counters. A use goes on from reserved to confirmed to released, never back.
with image as materialized (
  select * from json_populate_recordset(null::discount_uses, $1::json)
), change as (
  select image.discount_id,
         count(*) filter (where image.state = 'CONFIRMED')
           - count(*) filter (where known.state = 'CONFIRMED') as used,
         count(*) filter (where image.state = 'RESERVED')
           - count(*) filter (where known.state = 'RESERVED') as reserved
  from image left join discount_uses as known
    on known.discount_id = image.discount_id and known.rental_id = image.rental_id
  where known.state is null or (known.state <> 'RELEASED' and image.state <> 'RESERVED')
  group by image.discount_id
), counted as (
  update station_discounts as discount
  set used = discount.used + change.used, reserved = discount.reserved + change.reserved
  from change where discount.id = change.discount_id
)
insert into discount_uses select * from image
on conflict (discount_id, rental_id) do update set state = excluded.state, changed_at = excluded.changed_at
where discount_uses.state <> 'RELEASED' and excluded.state <> 'RESERVED'
