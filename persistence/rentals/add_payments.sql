insert into rental_payments select * from unnest($1::rental_payments[])
