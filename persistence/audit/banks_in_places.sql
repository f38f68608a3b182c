select 'bank ' || bank.serial || ' sits in slot ' || bank.slot || ' of '
       || coalesce('station ' || station.serial || ', which has ' || station.total_slots,
                   'an unknown station')
from power_banks as bank left join stations as station on station.id = bank.station_id
where bank.station_id is not null and (station.id is null or bank.slot > station.total_slots)
union all
select 'bank ' || min(serial) || ' shares slot ' || slot || ' of station ' || station_id
from power_banks where station_id is not null
group by station_id, slot having count(*) > 1
limit 20
