-- One a day at most: those that are given back come before the one that is taken.
insert into vendor_ejections
select * from json_populate_recordset(null::vendor_ejections, $1::json) order by is_released desc
on conflict (rental_id) do update set is_released = vendor_ejections.is_released or excluded.is_released
