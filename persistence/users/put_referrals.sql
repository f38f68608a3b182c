insert into referrals select * from json_populate_recordset(null::referrals, $1::json)
on conflict (id) do update set status = excluded.status
