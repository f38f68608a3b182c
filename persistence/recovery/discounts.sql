copy (
  select row_to_json(station_discounts) from station_discounts order by created_at desc, id desc
) to stdout
