insert into stored_answers select * from unnest($1::stored_answers[])
on conflict (id) do update set status = excluded.status, data = excluded.data
