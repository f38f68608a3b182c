-- Whole images of rentals that are new. One that is known already touches no row: the writer counts and
-- refuses.
insert into rentals select * from json_populate_recordset(null::rentals, :rows::json)
on conflict (id) do nothing
