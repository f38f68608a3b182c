select json_build_object(
  'seated', count(*) filter (where station_id is not null),
  'rented', count(*) filter (where status = 'RENTED'),
  'missing', count(*) filter (where status = 'MISSING'),
  'lost', count(*) filter (where status = 'LOST'),
  'other', count(*) filter (where station_id is null and status not in ('RENTED', 'MISSING', 'LOST')))
from power_banks
