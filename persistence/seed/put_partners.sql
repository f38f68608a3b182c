insert into partners select * from json_populate_recordset(null::partners, :rows::json)
on conflict do nothing
