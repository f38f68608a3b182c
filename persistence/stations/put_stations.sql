insert into stations (id, serial, imei, name, address, landmark, description, latitude, longitude,
                      total_slots, opening_minute, closing_minute, is_maintenance, is_deleted, is_approved,
                      port_one_offset, media, amenities, created_at)
select id, serial, imei, name, address, landmark, description, latitude, longitude, total_slots,
       opening_minute, closing_minute, is_maintenance, is_deleted, is_approved, port_one_offset, media,
       amenities, coalesce(created_at, now())
from json_populate_recordset(null::stations, $1::json)
on conflict (id) do update set
  serial = excluded.serial, imei = excluded.imei, name = excluded.name, address = excluded.address,
  landmark = excluded.landmark, description = excluded.description, latitude = excluded.latitude,
  longitude = excluded.longitude, total_slots = excluded.total_slots,
  opening_minute = excluded.opening_minute, closing_minute = excluded.closing_minute,
  is_maintenance = excluded.is_maintenance, is_deleted = excluded.is_deleted,
  is_approved = excluded.is_approved, port_one_offset = excluded.port_one_offset,
  media = excluded.media, amenities = excluded.amenities
