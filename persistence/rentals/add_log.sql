insert into rental_log select * from unnest($1::rental_log[])
