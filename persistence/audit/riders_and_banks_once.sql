select 'rider ' || rider_id || ' has ' || count(*) || ' open rentals'
from rentals where is_open group by rider_id having count(*) > 1
union all
select 'bank ' || bank_id || ' is in ' || count(*) || ' open rentals'
from rentals where is_open and bank_id is not null group by bank_id having count(*) > 1
limit 20
