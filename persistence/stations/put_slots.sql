insert into station_slots select * from unnest($1::station_slots[])
on conflict (station_id, number) do update set
  status = excluded.status, device_code = excluded.device_code, battery = excluded.battery,
  temperature = excluded.temperature, voltage = excluded.voltage, current = excluded.current,
  sensors = excluded.sensors, faults_in_a_row = excluded.faults_in_a_row,
  is_disabled = excluded.is_disabled, updated_at = excluded.updated_at
