-- A quick return is the one way in which a rental that ran is cancelled by its rider.
select json_build_object(
  'quick_returns', (select count(*) from rentals
                    where rider_id = :rider::uuid and created_at >= :since::timestamptz - interval '1 day'
                      and ended_at >= :since::timestamptz and started_at is not null
                      and status = 'CANCELLED' and closure = 'USER'),
  'swaps', (select count(*) from rental_swaps
            where rider_id = :rider::uuid and swapped_at >= :since::timestamptz))
