copy (
  select id, serial, imei, name, address, landmark, description, latitude, longitude, total_slots,
         opening_minute, closing_minute, is_maintenance, is_approved, media, amenities,
         is_online, last_seen_at, online_since, hardware, created_at, port_one_offset
  from stations left join station_states on station_states.station_id = stations.id
  where not is_deleted
) to stdout
