insert into rental_packages select * from json_populate_recordset(null::rental_packages, $1::json)
on conflict (id) do update set
  name = excluded.name, description = excluded.description, duration_minutes = excluded.duration_minutes,
  price = excluded.price, type = excluded.type, model = excluded.model, is_active = excluded.is_active,
  metadata = excluded.metadata
