insert into amenities select * from json_populate_recordset(null::amenities, $1::json)
on conflict (id) do update set
  name = excluded.name, icon = excluded.icon, description = excluded.description,
  is_active = excluded.is_active, is_deleted = excluded.is_deleted
