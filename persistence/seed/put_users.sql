insert into users select * from json_populate_recordset(null::users, :rows::json) on conflict do nothing
