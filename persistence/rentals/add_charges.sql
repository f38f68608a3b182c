insert into rental_charges select * from json_populate_recordset(null::rental_charges, :rows::json)
