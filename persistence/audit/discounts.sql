-- A discount's counters are the sums of its uses, and a use goes the way of its rental.
(select 'discount ' || discount.id || ' counts ' || discount.used || ' used and ' || discount.reserved
        || ' reserved but its uses are ' || counted.used || ' and ' || counted.reserved
 from station_discounts as discount cross join lateral (
   select count(*) filter (where state = 'CONFIRMED') as used,
          count(*) filter (where state = 'RESERVED') as reserved
   from discount_uses where discount_id = discount.id) as counted
 where discount.used <> counted.used or discount.reserved <> counted.reserved limit 20)
union all
(select 'a use of discount ' || used.discount_id || ' is still ' || used.state || ' but rental '
        || coalesce(rental.code || ' is ' || rental.status, used.rental_id || ' is unknown')
 from discount_uses as used left join rentals as rental on rental.id = used.rental_id
 where used.state <> 'RELEASED'
   and (rental.id is null or rental.status = 'CANCELLED'
        or (used.state = 'RESERVED') <> (rental.status in ('PENDING', 'PENDING_POPUP'))) limit 20)
