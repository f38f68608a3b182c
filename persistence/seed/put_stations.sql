insert into stations (id, serial, imei, name, address, landmark, description, latitude, longitude,
                      total_slots, port_one_offset, opening_minute, closing_minute, is_maintenance,
                      is_deleted, is_approved, media, amenities)
select id, serial, imei, name, address, landmark, description, latitude, longitude, total_slots,
       port_one_offset, opening_minute, closing_minute, is_maintenance, is_deleted, is_approved, media,
       amenities
from json_populate_recordset(null::stations, :rows::json)
on conflict do nothing
