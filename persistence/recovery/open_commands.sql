copy (
  select row_to_json(device_commands) from device_commands where is_open order by created_at, id
) to stdout
