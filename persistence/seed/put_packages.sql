insert into rental_packages select * from json_populate_recordset(null::rental_packages, :rows::json)
on conflict do nothing
