insert into rental_payments select * from json_populate_recordset(null::rental_payments, :rows::json)
