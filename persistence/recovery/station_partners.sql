copy (
  select row_to_json(station_partners) from station_partners order by station_id, valid_from desc, id desc
) to stdout
