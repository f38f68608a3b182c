insert into stored_answers select * from json_populate_recordset(null::stored_answers, :rows::json)
on conflict (id) do update set status = excluded.status, data = excluded.data
