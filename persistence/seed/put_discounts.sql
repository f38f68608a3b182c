insert into station_discounts (id, station_id, package_id, percent_hundredths, total_uses_max,
                               uses_per_user_max, valid_from, valid_until, status, may_be_free, created_by,
                               created_at)
select id, station_id, package_id, percent_hundredths, total_uses_max, uses_per_user_max, valid_from,
       valid_until, status, may_be_free, created_by, created_at
from json_populate_recordset(null::station_discounts, :rows::json)
on conflict do nothing
