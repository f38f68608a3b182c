-- Shares are percent with one decimal; cycles are whole charge cycles with four.
with figures as (
  select count(*) as total,
         count(*) filter (where status = 'RENTED') as rented,
         count(*) filter (where status in ('DAMAGED', 'MAINTENANCE') or battery between 0 and 19) as poorly,
         round(avg(battery) filter (where battery >= 0), 1) as battery,
         coalesce(sum(cycles), 0) as cycles,
         count(*) filter (where cycles >= 500 * 10000) as worn
  from power_banks
)
select json_build_object(
  'total', total,
  'by_status', (select coalesce(json_object_agg(status, banks), '{}') from (
                  select status, count(*) as banks from power_banks group by status) as one),
  'needs_attention', poorly,
  'average_battery', battery,
  'utilisation', case when total = 0 then 0 else round(100.0 * rented / total, 1) end,
  'cycles', round(cycles / 10000.0, 4),
  'worn', worn,
  'most_rented', (select coalesce(json_agg(bank), '[]') from (
                    select id, serial::text as serial_number, rentals as total_rentals, status
                    from power_banks where rentals > 0 order by rentals desc, serial limit 10) as bank),
  'stations', (select coalesce(json_agg(place), '[]') from (
                 select station.serial as station_sn, station.name as station_name, count(*) as banks,
                        count(*) filter (where bank.status = 'AVAILABLE') as available
                 from power_banks as bank join stations as station on station.id = bank.station_id
                 group by station.id order by count(*) desc, station.serial limit 100) as place))
from figures
