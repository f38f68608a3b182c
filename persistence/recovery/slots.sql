copy (
  select station_id, number, status, device_code, battery, temperature, voltage, current, sensors,
         faults_in_a_row, is_disabled, updated_at
  from station_slots
) to stdout
