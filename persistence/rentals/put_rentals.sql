-- Whole images of rentals that are new. One that is known already touches no row: the writer counts and
-- refuses.
insert into rentals select * from unnest($1::rentals[])
on conflict (id) do nothing
