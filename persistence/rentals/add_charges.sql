insert into rental_charges select * from unnest($1::rental_charges[])
